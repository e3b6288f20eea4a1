package dev.reeve.conformance.fuzz;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.MethodDescriptor.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// One call, drawn from a seed and a number: the same again at every run.
///
/// @param number which of the run
/// @param method what is called
/// @param name what is called it; another than the method's where the name is at fault
/// @param json whether it goes over HTTP
/// @param messages what is sent, one but for streams of requests
/// @param headers metadata
record FuzzCase(
    long number,
    FuzzMethod method,
    String name,
    boolean json,
    List<byte[]> messages,
    List<Map.Entry<String, String>> headers) {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final int STREAMED_MAX = 5;

  static FuzzCase of(long seed, long number, List<FuzzMethod> methods) {
    SplittableRandom random = new SplittableRandom(seed * SPREAD + number);
    FuzzMethod method = methods.get(random.nextInt(methods.size()));
    boolean streamed = !method.type().clientSendsOneMessage();
    boolean json = !streamed && random.nextInt(3) == 0;
    int count = streamed ? random.nextInt(1, STREAMED_MAX) : 1;
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(json ? text(method, random) : message(method, random));
    }
    return new FuzzCase(
        number,
        method,
        random.nextInt(100) == 0 ? misspelt(method.name(), random) : method.name(),
        json,
        List.copyOf(messages),
        HostileHeaders.of(random));
  }

  boolean isMisspelt() {
    return !name.equals(method.name());
  }

  /// Whether its answer is a stream, which may have no end.
  boolean isStreaming() {
    return method.type() != MethodType.UNARY;
  }

  private static byte[] message(FuzzMethod method, SplittableRandom random) {
    int kind = random.nextInt(200);
    if (kind == 0) {
      return Mutation.huge(random);
    }
    if (kind < 4) {
      return Mutation.nested(random);
    }
    if (kind < 12) {
      return RandomText.garbage(random, random.nextInt(400));
    }
    byte[] valid = RandomMessage.of(method.request(), random).toByteArray();
    return kind < 90 ? Mutation.of(valid, random) : valid;
  }

  private static byte[] text(FuzzMethod method, SplittableRandom random) {
    int kind = random.nextInt(200);
    if (kind == 0) {
      return ("{\"x\":\"" + "y".repeat(random.nextInt(2_500_000)) + "\"}")
          .getBytes(StandardCharsets.UTF_8);
    }
    if (kind < 10) {
      return RandomText.bytes(random);
    }
    byte[] valid = json(RandomMessage.of(method.request(), random));
    return kind < 80 ? Mutation.of(valid, random) : valid;
  }

  private static byte[] json(DynamicMessage message) {
    try {
      return JsonFormat.printer()
          .preservingProtoFieldNames()
          .print(message)
          .getBytes(StandardCharsets.UTF_8);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      // A well-known type that has no JSON form with this content.
      return new byte[] {'{', '}'};
    }
  }

  private static String misspelt(String name, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> name.toUpperCase(java.util.Locale.ROOT);
      case 1 -> name + "/";
      case 2 -> name.replace('/', '.') + "/" + name.substring(name.indexOf('/') + 1);
      default -> "x" + name;
    };
  }
}

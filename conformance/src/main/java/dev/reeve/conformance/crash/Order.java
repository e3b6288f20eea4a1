package dev.reeve.conformance.crash;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Something to be done, and what must come of it: the result follows from the payload.
///
/// @param kind by which API it is submitted and who runs it
/// @param key idempotency key; empty for none
/// @param payload the input
/// @param parent a job that must complete first
record Order(Kind kind, String key, ByteString payload, Optional<String> parent) {
  /// What the worker does to each byte.
  private static final int MASK = 0x5a;

  private static final int SHOTS = 100;
  private static final int QUBITS = 8;

  /// By which API an order is submitted, and who runs it.
  enum Kind {
    /// Our own API, the built-in echo.
    ECHO,
    /// Our own API, a worker on the other end of a stream.
    WORK,
    /// Eigen by its first name, the simulator.
    CIRCUIT,
    /// Eigen by its later name, the simulator.
    CIRCUIT_LATER,
    /// Cordum, the built-in echo.
    PROMPT,
    /// Mathison, the built-in echo; answers with the result.
    RUN
  }

  /// Draws one. Most are small; a few are larger than what databases keep in a row.
  static Order draw(RandomGenerator random, String key, Optional<String> parent) {
    int die = random.nextInt(100);
    if (die < 30) {
      return new Order(Kind.ECHO, key, document(random, 300), parent);
    } else if (die < 65) {
      return new Order(Kind.WORK, key, bytes(random, die < 62 ? 2_000 : 200_000), parent);
    } else if (die < 75) {
      return new Order(Kind.CIRCUIT, key, circuit(random), parent);
    } else if (die < 85) {
      return new Order(Kind.CIRCUIT_LATER, key, circuit(random), parent);
    } else if (die < 95) {
      return new Order(Kind.PROMPT, key, text("say " + random.nextInt()), Optional.empty());
    }
    // The id of the job is the key of this API.
    return new Order(Kind.RUN, key, document(random, 100), Optional.empty());
  }

  /// What a worker makes of a payload.
  static ByteString worked(ByteString payload) {
    byte[] bytes = payload.toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= MASK;
    }
    return ByteString.copyFrom(bytes);
  }

  /// Whether these bytes are the result of this order, down to the last.
  boolean isResult(ByteString result) {
    return switch (kind) {
      case WORK -> result.equals(worked(payload));
      case ECHO, RUN -> result.equals(echo(payload.toStringUtf8()));
      case PROMPT -> result.equals(echo('"' + payload.toStringUtf8() + '"'));
      case CIRCUIT, CIRCUIT_LATER ->
          result.toStringUtf8().startsWith("{\"counts\":{\"%s\":%d},".formatted(measured(), SHOTS));
    };
  }

  /// The program: turns each qubit over whose bit is set.
  String program() {
    StringBuilder program =
        new StringBuilder("OPENQASM 2.0;\ninclude \"qelib1.inc\";\nqreg q[8];\ncreg c[8];\n");
    for (int i = 0; i < QUBITS; i++) {
      if (measured().charAt(i) == '1') {
        program.append("x q[").append(i).append("];\n");
      }
    }
    return program.append("measure q -> c;\n").toString();
  }

  static int shots() {
    return SHOTS;
  }

  /// The bits read the same from both ends, so that their order does not matter here.
  private String measured() {
    return payload.toStringUtf8();
  }

  private static ByteString circuit(RandomGenerator random) {
    String half = Integer.toBinaryString(16 + random.nextInt(16)).substring(1);
    return text(half + new StringBuilder(half).reverse());
  }

  private static ByteString document(RandomGenerator random, int lengthMax) {
    return text(
        "{\"n\":%d,\"pad\":\"%s\"}"
            .formatted(random.nextInt(), "x".repeat(random.nextInt(lengthMax))));
  }

  private static ByteString bytes(RandomGenerator random, int lengthMax) {
    byte[] bytes = new byte[1 + random.nextInt(lengthMax)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private static ByteString echo(String document) {
    return text("{\"echo\":" + document + "}");
  }

  private static ByteString text(String text) {
    return ByteString.copyFrom(text, StandardCharsets.UTF_8);
  }
}

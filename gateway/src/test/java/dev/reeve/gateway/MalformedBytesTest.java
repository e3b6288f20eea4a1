package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.gateway.cordum.CordumDialect;
import dev.reeve.gateway.mathison.MathisonDialect;
import dev.reeve.gateway.reeve.ReeveFixture;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bytes that are no message are the caller's mistake, and said so in the words of the dialect.
final class MalformedBytesTest {
  private static final MethodDescriptor.Marshaller<byte[]> RAW =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          return new byte[0];
        }
      };

  private final GatewayFixture gateway =
      GatewayFixture.start((services, archive) ->
          List.of(
              CordumDialect.create(services),
              MathisonDialect.create(services),
              ReeveFixture.dialect(services, archive)));

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "cordum.v1.CordumApi/SubmitJob, UNARY, REQUEST_MALFORMED",
    "mathison.MathisonService/RunJob, UNARY, MALFORMED_REQUEST",
    "mathison.MathisonService/StreamJobStatus, SERVER_STREAMING, MALFORMED_REQUEST",
    "reeve.v1.JobService/GetJob, UNARY, REQUEST_MALFORMED",
    "reeve.v1.JobService/WatchJobs, SERVER_STREAMING, REQUEST_MALFORMED",
  })
  void malformed_bytes_are_an_invalid_argument(String method, MethodType type, String reason) {
    for (byte[] bytes : List.of(new byte[] {-1, -1}, new byte[] {10, 2, -1, -2})) {
      assertThat(Refusals.of(() -> send(method, type, bytes)))
          .isEqualTo("INVALID_ARGUMENT " + reason + " [request]");
    }
  }

  private List<byte[]> send(String method, MethodType type, byte[] bytes) {
    MethodDescriptor<byte[], byte[]> raw =
        MethodDescriptor.newBuilder(RAW, RAW).setFullMethodName(method).setType(type).build();
    List<byte[]> answers = new java.util.ArrayList<>();
    ClientCalls.blockingServerStreamingCall(gateway.channel(), raw, CallOptions.DEFAULT, bytes)
        .forEachRemaining(answers::add);
    return answers;
  }
}

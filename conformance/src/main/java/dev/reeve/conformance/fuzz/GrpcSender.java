package dev.reeve.conformance.fuzz;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Sends bytes as they are. A stream of answers is hung up on after a moment. Thread-safe.
final class GrpcSender implements AutoCloseable {
  /// Longer than a run may take to answer.
  private static final long CALL_SECONDS_MAX = 60;

  private static final long STREAM_MILLIS_MAX = 120;
  private static final int ANSWER_BYTES_MAX = 64 * 1024 * 1024;

  private static final MethodDescriptor.Marshaller<byte[]> RAW =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private final ManagedChannel channel;
  private final ScheduledExecutorService timer;

  GrpcSender(String address, ScheduledExecutorService timer) {
    channel =
        NettyChannelBuilder.forTarget(address)
            .usePlaintext()
            .disableRetry()
            .maxInboundMessageSize(ANSWER_BYTES_MAX)
            .build();
    this.timer = timer;
  }

  ManagedChannel channel() {
    return channel;
  }

  CompletableFuture<Outcome> send(FuzzCase fuzz) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            method(fuzz),
            CallOptions.DEFAULT.withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS));
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] message) {
            call.request(1);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            outcome.complete(
                new Outcome(status.getCode().name(), String.valueOf(status.getDescription())));
          }
        },
        headers(fuzz));
    call.request(2);
    fuzz.messages().forEach(call::sendMessage);
    call.halfClose();
    if (fuzz.isStreaming()) {
      var _ =
          timer.schedule(
              () -> call.cancel("enough", null), STREAM_MILLIS_MAX, TimeUnit.MILLISECONDS);
    }
    return outcome;
  }

  private static MethodDescriptor<byte[], byte[]> method(FuzzCase fuzz) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setFullMethodName(fuzz.name())
        .setType(fuzz.method().type())
        .setRequestMarshaller(RAW)
        .setResponseMarshaller(RAW)
        .build();
  }

  private static Metadata headers(FuzzCase fuzz) {
    Metadata headers = new Metadata();
    for (Map.Entry<String, String> header : fuzz.headers()) {
      if (header.getKey().endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        headers.put(
            Metadata.Key.of(header.getKey(), Metadata.BINARY_BYTE_MARSHALLER),
            Base64.getDecoder().decode(header.getValue()));
      } else {
        headers.put(
            Metadata.Key.of(header.getKey(), Metadata.ASCII_STRING_MARSHALLER), header.getValue());
      }
    }
    return headers;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

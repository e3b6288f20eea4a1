package dev.reeve.gateway.reeve;

import dev.reeve.base.Bytes;
import io.grpc.stub.ServerCallStreamObserver;

/// Sends bytes in chunks, as fast as their reader takes them. Confined to the threads of its call,
/// one at a time.
final class ChunkStream<R> {
  static final int CHUNK_BYTES = 256 * 1024;

  private final ServerCallStreamObserver<R> call;
  private final Bytes bytes;
  private final Part<R> part;
  private int sent;
  private boolean completed;

  /// Makes the message of a part.
  @FunctionalInterface
  interface Part<R> {
    R message(Bytes bytes, int from, int length);
  }

  private ChunkStream(ServerCallStreamObserver<R> call, Bytes bytes, Part<R> part) {
    this.call = call;
    this.bytes = bytes;
    this.part = part;
  }

  /// Must be called while the handler of the call runs.
  ///
  /// @param first the message before the first chunk
  static <R> void send(ServerCallStreamObserver<R> call, R first, Bytes bytes, Part<R> part) {
    ChunkStream<R> stream = new ChunkStream<>(call, bytes, part);
    call.setOnReadyHandler(stream::flow);
    call.setOnCancelHandler(() -> {});
    call.onNext(first);
    stream.flow();
  }

  private void flow() {
    while (sent < bytes.size() && call.isReady()) {
      int length = Math.min(CHUNK_BYTES, bytes.size() - sent);
      call.onNext(part.message(bytes, sent, length));
      sent += length;
    }
    if (sent == bytes.size() && !completed) {
      completed = true;
      call.onCompleted();
    }
  }
}

package dev.reeve.gateway.reeve;

import com.google.protobuf.UnsafeByteOperations;
import dev.reeve.base.Bytes;
import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import dev.reeve.wire.reeve.v1.GetJobResultResponse;
import io.grpc.stub.ServerCallStreamObserver;

/// Sends one result in chunks, as fast as its reader takes them. Confined to the threads of its
/// call, one at a time.
final class ResultStream {
  static final int CHUNK_BYTES = 256 * 1024;

  private final ServerCallStreamObserver<GetJobResultResponse> call;
  private final Bytes result;
  private int sent;
  private boolean completed;

  private ResultStream(ServerCallStreamObserver<GetJobResultResponse> call, Bytes result) {
    this.call = call;
    this.result = result;
  }

  /// Must be called while the handler of the call runs.
  ///
  /// @param job a completed one
  static void send(ServerCallStreamObserver<GetJobResultResponse> call, Job job, Bytes result) {
    ResultStream stream = new ResultStream(call, result);
    call.setOnReadyHandler(stream::flow);
    call.setOnCancelHandler(() -> {});
    if (job.state() instanceof JobState.Completed completed) {
      call.onNext(
          GetJobResultResponse.newBuilder().setInfo(JobEncoder.result(completed.result())).build());
    }
    stream.flow();
  }

  private void flow() {
    while (sent < result.size() && call.isReady()) {
      int length = Math.min(CHUNK_BYTES, result.size() - sent);
      call.onNext(
          GetJobResultResponse.newBuilder()
              .setChunk(UnsafeByteOperations.unsafeWrap(result.unsafeArray(), sent, length))
              .build());
      sent += length;
    }
    if (sent == result.size() && !completed) {
      completed = true;
      call.onCompleted();
    }
  }
}

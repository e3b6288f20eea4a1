package dev.reeve.gateway;

import dev.reeve.base.Problem;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.job.JobKey;
import dev.reeve.service.WatchJob;
import dev.reeve.service.WatchSink;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// Streams the events of one job to one call, at the pace of its reader: an event is read only when
/// the transport has room for it.
public final class EventStreams {
  private final WatchJob watchJob;
  private final ProblemTable problems;

  public EventStreams(WatchJob watchJob, ProblemTable problems) {
    this.watchJob = watchJob;
    this.problems = problems;
  }

  /// Serves a stream until its terminal event or until the caller hangs up. The job is not touched
  /// by either. Must be called while the handler of the call runs.
  ///
  /// @param afterSeq the last event the caller has; 0 for all
  /// @param encode the dialect's form of an event
  public <R> void serve(
      StreamObserver<R> observer, JobKey key, long afterSeq, Function<SequencedEvent, R> encode) {
    ServerCallStreamObserver<R> call = (ServerCallStreamObserver<R>) observer;
    AtomicReference<WatchJob.Watching> watching = new AtomicReference<>();
    call.setOnReadyHandler(() -> resume(watching));
    call.setOnCancelHandler(() -> close(watching));
    watching.set(watchJob.watch(key, afterSeq, sink(call, encode)));
    if (call.isCancelled()) {
      close(watching);
    } else {
      resume(watching);
    }
  }

  private <R> WatchSink sink(ServerCallStreamObserver<R> call, Function<SequencedEvent, R> encode) {
    return new WatchSink() {
      @Override
      public boolean isReady() {
        return call.isReady();
      }

      @Override
      public void send(SequencedEvent event) {
        call.onNext(encode.apply(event));
      }

      @Override
      public void complete() {
        call.onCompleted();
      }

      @Override
      public void fail(Problem problem) {
        call.onError(Statuses.exception(problem, problems));
      }
    };
  }

  private static void resume(AtomicReference<WatchJob.Watching> watching) {
    WatchJob.Watching open = watching.get();
    if (open != null) {
      open.resume();
    }
  }

  private static void close(AtomicReference<WatchJob.Watching> watching) {
    WatchJob.Watching open = watching.get();
    if (open != null) {
      open.close();
    }
  }
}

package dev.reeve.gateway.reeve;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Problem;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.gateway.Statuses;
import dev.reeve.job.JobKey;
import dev.reeve.service.WatchJob;
import dev.reeve.service.WatchSink;
import dev.reeve.service.WatchTenant;
import dev.reeve.wire.reeve.v1.WatchJobsResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Several watches that share one call. Each is a cursor of its own; the call is written to by one
/// at a time, and only while it is ready.
final class WatchStream {
  private final ServerCallStreamObserver<WatchJobsResponse> call;
  private final WatchPlan plan;
  private final List<WatchJob.Watching> watching = new CopyOnWriteArrayList<>();

  @GuardedBy("this")
  private int running;

  @GuardedBy("this")
  private boolean ended;

  WatchStream(ServerCallStreamObserver<WatchJobsResponse> call, WatchPlan plan) {
    this.call = call;
    this.plan = plan;
    running = plan.jobs().size() + (plan.fits().isPresent() ? 1 : 0);
  }

  /// Must be called while the handler of the call runs.
  void start(WatchJob watchJob, WatchTenant watchTenant) {
    call.setOnReadyHandler(() -> watching.forEach(WatchJob.Watching::resume));
    call.setOnCancelHandler(this::stop);
    plan.fits().ifPresent(fits -> add(watchTenant.watch(fits, ofTenant())));
    plan.jobs().forEach((key, afterSeq) -> add(watchJob.watch(key, afterSeq, ofJob(key))));
    if (call.isCancelled()) {
      stop();
    }
  }

  private void add(WatchJob.Watching watch) {
    watching.add(watch);
    if (hasEnded()) {
      watch.close();
    }
  }

  private WatchSink ofJob(JobKey key) {
    return new WatchSink() {
      @Override
      public boolean isReady() {
        return call.isReady();
      }

      @Override
      public void send(SequencedEvent event) {
        WatchStream.this.send(key, event);
      }

      @Override
      public void complete() {
        endOne();
      }

      @Override
      public void fail(Problem problem) {
        WatchStream.this.fail(problem);
      }
    };
  }

  private WatchTenant.Sink ofTenant() {
    return new WatchTenant.Sink() {
      @Override
      public boolean isReady() {
        return call.isReady();
      }

      @Override
      public void send(JobKey key, SequencedEvent event) {
        WatchStream.this.send(key, event);
      }

      @Override
      public void fail(Problem problem) {
        WatchStream.this.fail(problem);
      }
    };
  }

  private synchronized void send(JobKey key, SequencedEvent event) {
    if (!ended) {
      call.onNext(
          WatchJobsResponse.newBuilder().setEvent(EventEncoder.encode(key.jobId(), event)).build());
    }
  }

  private synchronized void endOne() {
    running--;
    if (running == 0 && !ended) {
      ended = true;
      call.onCompleted();
    }
  }

  private void fail(Problem problem) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      call.onError(Statuses.exception(problem, ProblemTable.OWN));
    }
    watching.forEach(WatchJob.Watching::close);
  }

  private void stop() {
    synchronized (this) {
      ended = true;
    }
    watching.forEach(WatchJob.Watching::close);
  }

  private synchronized boolean hasEnded() {
    return ended;
  }
}

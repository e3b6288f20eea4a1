package dev.reeve.service;

import dev.reeve.engine.Tail;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import java.util.concurrent.CompletableFuture;

/// Waits for the end of a job without a thread.
public final class AwaitJob {
  private final JobReader reader;
  private final Tail tail;

  public AwaitJob(JobReader reader, Tail tail) {
    this.reader = reader;
    this.tail = tail;
  }

  /// Completes with the finished job. The caller bounds the wait with `orTimeout` or
  /// `completeOnTimeout`, and cancels the future when it gives up.
  public CompletableFuture<Job> end(Job job) {
    CompletableFuture<Job> ended = new CompletableFuture<>();
    if (job.isFinished()) {
      ended.complete(job);
      return ended;
    }
    Tail.Watch watch = tail.watch(job.jobNo(), () -> look(job.key(), ended));
    Futures.then(ended, _ -> watch.close(), _ -> watch.close());
    look(job.key(), ended);
    return ended;
  }

  private void look(JobKey key, CompletableFuture<Job> ended) {
    Futures.then(
        reader.status(key),
        now -> {
          if (now.isFinished()) {
            ended.complete(now);
          }
        },
        problem -> ended.completeExceptionally(problem.toException()));
  }
}

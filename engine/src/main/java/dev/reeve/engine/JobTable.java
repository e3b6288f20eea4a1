package dev.reeve.engine;

import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Committed jobs in memory: every unfinished one, and the most recently finished, so that a status
/// call after the end costs no read.
///
/// Written by the writer's thread after each commit; [#find] is safe on any thread and never shows
/// anything that is not committed.
public final class JobTable {
  private static final int FINISHED_KEPT_MAX = 20_000;

  private final ConcurrentHashMap<JobKey, Job> byKey = new ConcurrentHashMap<>();
  private final Map<Long, Job> unfinished = new HashMap<>();
  private final ArrayDeque<JobKey> finished = new ArrayDeque<>();

  /// The job as committed; empty when it is not in memory, which says nothing about the store.
  public Optional<Job> find(JobKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /// A live view of what is in memory, in no order.
  public Stream<Job> all() {
    return byKey.values().stream();
  }

  /// Unfinished job by number. Writer's thread only.
  @Nullable Job byNumber(long jobNo) {
    return unfinished.get(jobNo);
  }

  void put(Job job) {
    byKey.put(job.key(), job);
    if (!job.isFinished()) {
      unfinished.put(job.jobNo(), job);
      return;
    }
    unfinished.remove(job.jobNo());
    finished.addLast(job.key());
    if (finished.size() > FINISHED_KEPT_MAX) {
      byKey.remove(finished.removeFirst());
    }
  }

  /// Forgets a finished job that the store removed.
  void forgetFinished(JobKey key) {
    byKey.computeIfPresent(key, (_, job) -> job.isFinished() ? null : job);
  }

  int unfinishedCount() {
    return unfinished.size();
  }
}

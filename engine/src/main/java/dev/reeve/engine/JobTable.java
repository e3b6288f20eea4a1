package dev.reeve.engine;

import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import java.util.ArrayDeque;
import java.util.Collection;
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
  private final ArrayDeque<Job> finished = new ArrayDeque<>();

  /// The job as committed; empty when it is not in memory, which says nothing about the store.
  public Optional<Job> find(JobKey key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /// A live view of what is in memory, in no order.
  public Stream<Job> all() {
    return byKey.values().stream();
  }

  /// Every unfinished job. Writer's thread only.
  Collection<Job> unfinished() {
    return unfinished.values();
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
    finished.addLast(job);
    if (finished.size() > FINISHED_KEPT_MAX) {
      forget(finished.removeFirst());
    }
  }

  /// Forgets finished jobs that ended before a time, because the store removes them.
  void forgetFinished(long endedBeforeMicros) {
    while (!finished.isEmpty() && finished.getFirst().updatedAtMicros() < endedBeforeMicros) {
      forget(finished.removeFirst());
    }
  }

  /// The id may belong to a younger job by now, if the store removed the old one.
  private void forget(Job old) {
    byKey.computeIfPresent(old.key(), (_, job) -> job.jobNo() == old.jobNo() ? null : job);
  }
}

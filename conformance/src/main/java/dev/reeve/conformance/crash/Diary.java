package dev.reeve.conformance.crash;

import dev.reeve.wire.reeve.v1.JobEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// What clients were told, and what they asked for without hearing an answer. Kept over all rounds:
/// a promise does not end with the process that made it. Thread-safe.
final class Diary {
  private final Map<String, Order> accepted = new HashMap<>();
  private final List<String> newest = new ArrayList<>();
  private final List<Order> unanswered = new ArrayList<>();
  private final Set<String> cancels = new HashSet<>();
  private final Map<String, SortedMap<Long, JobEvent>> seen = new HashMap<>();
  private long treeSize;
  private int drawn;

  /// The server has acknowledged the order as this job.
  synchronized void accepted(String jobId, Order order) {
    Violation.unless(!jobId.isEmpty(), "a submit was acknowledged without a job id");
    Order known = accepted.putIfAbsent(jobId, order);
    if (known == null) {
      newest.add(jobId);
    } else {
      Violation.unless(
          known.payload().equals(order.payload()),
          "two orders of different content were acknowledged as one job %s",
          jobId);
    }
  }

  /// A number that was not given before, for keys.
  synchronized int next() {
    return drawn++;
  }

  /// Whether the order happened is not known; its key tells later.
  synchronized void unanswered(Order order) {
    if (!order.key().isEmpty()) {
      unanswered.add(order);
    }
  }

  /// Orders without an answer, once.
  synchronized List<Order> takeUnanswered() {
    List<Order> taken = List.copyOf(unanswered);
    unanswered.clear();
    return taken;
  }

  /// A cancel is about to be sent: from now on the job may end that way.
  synchronized void cancelling(String jobId) {
    cancels.add(jobId);
  }

  synchronized boolean mayBeCancelled(String jobId) {
    return cancels.contains(jobId);
  }

  /// A watcher was shown this event.
  synchronized void seen(JobEvent event) {
    JobEvent before =
        seen.computeIfAbsent(event.getJobId(), _ -> new TreeMap<>())
            .putIfAbsent(event.getEventSeq(), event);
    Violation.unless(
        before == null || before.equals(event),
        "event %d of job %s was shown in two forms: %s and %s",
        event.getEventSeq(),
        event.getJobId(),
        before,
        event);
  }

  synchronized Map<Long, JobEvent> seenOf(String jobId) {
    return Map.copyOf(seen.getOrDefault(jobId, new TreeMap<>()));
  }

  /// The largest size of the audit tree that anybody was told.
  synchronized long treeSize() {
    return treeSize;
  }

  /// The audit tree was shown to have this size, asked for after `before` was known.
  synchronized void tree(long before, long size) {
    Violation.unless(size >= before, "the audit tree shrank from %d to %d", before, size);
    treeSize = Math.max(treeSize, size);
  }

  synchronized Map<String, Order> accepted() {
    return Map.copyOf(accepted);
  }

  synchronized int size() {
    return accepted.size();
  }

  /// One of the newest jobs; empty when there is none yet.
  synchronized Optional<String> someJob(RandomGenerator random) {
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    int among = Math.min(newest.size(), 50);
    return Optional.of(newest.get(newest.size() - 1 - random.nextInt(among)));
  }

  synchronized Optional<Order> orderOf(String jobId) {
    return Optional.ofNullable(accepted.get(jobId));
  }
}

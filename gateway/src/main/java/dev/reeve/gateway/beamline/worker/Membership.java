package dev.reeve.gateway.beamline.worker;

import dev.reeve.engine.Offer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The workers that listen on one subject and live. Guarded by its group.
final class Membership {
  private record Member(WorkerBeat beat, long seenNanos) {}

  private final Set<String> ownTopics;
  private final int concurrencyDefault;
  private final Map<String, Member> byWorker = new LinkedHashMap<>();

  /// @param ownTopics taken whatever the workers say
  Membership(Set<String> ownTopics, int concurrencyDefault) {
    this.ownTopics = ownTopics;
    this.concurrencyDefault = concurrencyDefault;
  }

  void seen(WorkerBeat beat, long nowNanos) {
    byWorker.put(beat.workerId(), new Member(beat, nowNanos));
  }

  /// Takes out who has been silent for so long.
  ///
  /// @return their ids
  List<String> expire(long nowNanos, long silentNanosMax) {
    List<String> gone = new ArrayList<>();
    byWorker.forEach((worker, member) -> {
      if (nowNanos - member.seenNanos > silentNanosMax) {
        gone.add(worker);
      }
    });
    gone.forEach(byWorker::remove);
    return gone;
  }

  boolean leaves(String workerId) {
    return byWorker.remove(workerId) != null;
  }

  boolean isEmpty() {
    return byWorker.isEmpty();
  }

  int size() {
    return byWorker.size();
  }

  /// Jobs that all together take at once; one that is degraded takes none, and neither does one of
  /// which nobody says what it takes.
  int capacity() {
    int capacity = 0;
    for (Member member : byWorker.values()) {
      boolean serves = !ownTopics.isEmpty() || !member.beat.topics().isEmpty();
      if (serves && isReady(member)) {
        capacity += concurrency(member.beat);
      }
    }
    return Math.min(capacity, WorkerBeat.CONCURRENCY_MAX);
  }

  private int concurrency(WorkerBeat beat) {
    return beat.concurrency() > 0 ? beat.concurrency() : concurrencyDefault;
  }

  /// Time since the last sign of any of them; 0 without any.
  long silentNanos(long nowNanos) {
    return byWorker.values().stream()
        .mapToLong(member -> Math.max(0, nowNanos - member.seenNanos))
        .min()
        .orElse(0);
  }

  private static boolean isReady(Member member) {
    return member.beat.status() != WorkerBeat.Status.DEGRADED;
  }

  /// What they take, all together: those that are degraded count only where all are, for what they
  /// have in hand.
  Set<String> topics() {
    boolean any = byWorker.values().stream().anyMatch(Membership::isReadyForTopics);
    Set<String> topics = new TreeSet<>(ownTopics);
    byWorker
        .values()
        .forEach(member -> {
          if (!any || isReady(member)) {
            topics.addAll(member.beat.topics());
          }
        });
    return topics;
  }

  private static boolean isReadyForTopics(Member member) {
    return isReady(member) && !member.beat.topics().isEmpty();
  }

  /// What every one of them has.
  Offer offer() {
    Map<String, String> labels = new LinkedHashMap<>();
    boolean first = true;
    for (Member member : byWorker.values()) {
      if (first) {
        labels.putAll(member.beat.labels());
        first = false;
      } else {
        labels.entrySet().retainAll(member.beat.labels().entrySet());
      }
    }
    return new Offer(Set.of(), false, labels, false, "");
  }

  /// Each as a listing shows it.
  ///
  /// @param running jobs by worker of which we know who has them
  List<LiveWorker> all(String subject, Map<String, Integer> running, long nowNanos) {
    List<LiveWorker> all = new ArrayList<>();
    byWorker.forEach((worker, member) -> {
      WorkerBeat beat = member.beat;
      Set<String> topics = new TreeSet<>(beat.topics());
      if (topics.isEmpty()) {
        topics.addAll(ownTopics);
      }
      all.add(
          new LiveWorker(
              worker,
              subject,
              List.copyOf(topics),
              Math.max(beat.inFlight(), running.getOrDefault(worker, 0)),
              concurrency(beat),
              beat.load(),
              beat.status().name().toLowerCase(java.util.Locale.ROOT),
              beat.labels(),
              (nowNanos - member.seenNanos) / 1_000_000));
    });
    return all;
  }
}

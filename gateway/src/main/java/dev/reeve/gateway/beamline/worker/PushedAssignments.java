package dev.reeve.gateway.beamline.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.engine.MonotonicClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Assignments that followed decisions, for as long as a result may come: an hour, and at most
/// 200,000, the oldest going first. Each is noted, and known after a restart. Safe on any thread.
final class PushedAssignments {
  static final int SIZE_MAX = 200_000;
  private static final long KEPT_NANOS = Duration.ofHours(1).toNanos();

  /// After its deadline one may be on its way to us yet: as long as a delivery may take.
  static final Duration GRACE = Duration.ofSeconds(30);

  /// One of them.
  ///
  /// @param user for quotas by user; may be empty
  /// @param key for quotas by key; may be empty
  record Pushed(
      String assignmentId,
      String requestId,
      String tenantId,
      String providerId,
      String taskType,
      String policyId,
      long policyVersion,
      String user,
      String key) {}

  /// What a result is to its assignment.
  enum Place {
    FIRST,
    /// The first once more; its usage was not told yet.
    FIRST_UNTOLD,
    DUPLICATE
  }

  private static final class Entry {
    private final Pushed pushed;
    private final long atNanos;
    private final long dueNanos;
    private boolean told;

    /// Place of the first result in its stream; 0 before it came.
    private long endedBy;

    private Entry(Pushed pushed, long atNanos, long dueNanos) {
      this.pushed = pushed;
      this.atNanos = atNanos;
      this.dueNanos = dueNanos;
    }
  }

  private final MonotonicClock clock;
  private final InstantSource wall;
  private final KeptAssignments book;

  @GuardedBy("this")
  private final LinkedHashMap<String, Entry> byId = new LinkedHashMap<>();

  @GuardedBy("this")
  private final Map<String, String> byRequest = new HashMap<>();

  /// Takes in what was given away before a restart; blocks.
  ///
  /// @param wall the time of day, for what outlives this process
  PushedAssignments(MonotonicClock clock, InstantSource wall, KeptAssignments book) {
    this.clock = clock;
    this.wall = wall;
    this.book = book;
    long nowMs = wall.millis();
    for (KeptAssignments.Kept kept : book.read()) {
      restore(kept, Duration.ofMillis(Math.max(0, nowMs - kept.atMs())).toNanos());
    }
  }

  private synchronized void restore(KeptAssignments.Kept kept, long ageNanos) {
    Pushed pushed =
        new Pushed(
            kept.assignmentId(),
            kept.requestId(),
            kept.tenantId(),
            kept.providerId(),
            kept.taskType(),
            kept.policyId(),
            kept.policyVersion(),
            kept.user(),
            kept.key());
    long at = clock.nanos() - ageNanos;
    Entry entry = new Entry(pushed, at, due(at, kept.deadlineMs()));
    entry.endedBy = kept.endedBy();
    take(entry);
    forgetOld();
  }

  private static long due(long atNanos, long deadlineMs) {
    return atNanos + TimeUnit.MILLISECONDS.toNanos(deadlineMs) + GRACE.toNanos();
  }

  private static KeptAssignments.Kept kept(Pushed pushed, long atMs, long deadlineMs) {
    return new KeptAssignments.Kept(
        pushed.assignmentId(),
        pushed.requestId(),
        pushed.tenantId(),
        pushed.providerId(),
        pushed.taskType(),
        pushed.policyId(),
        pushed.policyVersion(),
        pushed.user(),
        pushed.key(),
        atMs,
        deadlineMs,
        0);
  }

  /// Keeps what is known of one that is pushed again.
  ///
  /// @param deadlineMs until when it is worked on
  synchronized void add(Pushed pushed, long deadlineMs) {
    long now = clock.nanos();
    if (take(new Entry(pushed, now, due(now, deadlineMs)))) {
      book.keep(kept(pushed, wall.millis(), deadlineMs));
    }
    forgetOld();
  }

  /// @return whether it is a new one
  @GuardedBy("this")
  private boolean take(Entry entry) {
    Pushed pushed = entry.pushed;
    byRequest.put(request(pushed.tenantId(), pushed.requestId()), pushed.assignmentId());
    return byId.putIfAbsent(pushed.assignmentId(), entry) == null;
  }

  @GuardedBy("this")
  private void forgetOld() {
    long now = clock.nanos();
    Iterator<Entry> oldest = byId.values().iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      if (byId.size() <= SIZE_MAX && now - entry.atNanos <= KEPT_NANOS) {
        return;
      }
      oldest.remove();
      forgetRequest(entry.pushed);
    }
  }

  /// It was never sent.
  synchronized void remove(String assignmentId) {
    Entry entry = byId.remove(assignmentId);
    if (entry != null) {
      forgetRequest(entry.pushed);
    }
  }

  @GuardedBy("this")
  private void forgetRequest(Pushed pushed) {
    byRequest.remove(request(pushed.tenantId(), pushed.requestId()), pushed.assignmentId());
  }

  private static String request(String tenantId, String requestId) {
    return tenantId + '\n' + requestId;
  }

  /// The assignment that a result is of: by its id, or without one by request and tenant.
  synchronized Optional<Pushed> find(String assignmentId, String requestId, String tenantId) {
    String id =
        assignmentId.isEmpty()
            ? byRequest.getOrDefault(request(tenantId, requestId), "")
            : assignmentId;
    return Optional.ofNullable(byId.get(id)).map(entry -> entry.pushed);
  }

  /// Takes a result in.
  ///
  /// @param sequence its place in its stream, by which it is known when it comes again
  synchronized Place end(String assignmentId, long sequence) {
    Entry entry = byId.get(assignmentId);
    if (entry == null || (entry.endedBy != 0 && (entry.told || entry.endedBy != sequence))) {
      return Place.DUPLICATE;
    }
    Place place = entry.endedBy == 0 ? Place.FIRST : Place.FIRST_UNTOLD;
    entry.endedBy = sequence;
    if (place == Place.FIRST) {
      book.ended(assignmentId, sequence);
    }
    return place;
  }

  /// Its usage was told.
  synchronized void told(String assignmentId) {
    Entry entry = byId.get(assignmentId);
    if (entry != null) {
      entry.told = true;
    }
  }

  /// Those that are worked on: without a result so far, and not long over their deadlines.
  synchronized long open() {
    long now = clock.nanos();
    return byId.values().stream()
        .filter(entry -> entry.endedBy == 0 && now - entry.dueNanos <= 0)
        .count();
  }
}

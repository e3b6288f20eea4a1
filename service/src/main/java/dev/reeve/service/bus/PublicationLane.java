package dev.reeve.service.bus;

import java.util.ArrayDeque;
import java.util.Optional;

/// The messages of some keys, sent one after the other: the next only when the one before was
/// acknowledged. Guarded by its owner's lock.
final class PublicationLane {
  private static final long PAUSE_FIRST_NANOS = 100_000_000;
  private static final long PAUSE_MAX_NANOS = 5_000_000_000L;
  private static final int DOUBLINGS_MAX = 10;

  /// A message on its way.
  ///
  /// @param message what is sent
  /// @param id by which a repetition is known
  /// @param position the commit it belongs to
  /// @param reduced whether the payload was left out because it did not fit
  record Item(BusMessage message, String id, long position, boolean reduced) {}

  private final ArrayDeque<Item> waiting = new ArrayDeque<>();
  private boolean inFlight;
  private int failures;
  private long notBeforeNanos;
  private boolean abandoned;

  /// Nothing of it counts any more: what it holds is read from the journal again, and what becomes
  /// of the item in flight is of no interest.
  void abandon() {
    abandoned = true;
    waiting.clear();
  }

  boolean isAbandoned() {
    return abandoned;
  }

  void add(Item item) {
    waiting.addLast(item);
  }

  /// The item to send now, which is then in flight; empty when there is none.
  Optional<Item> next(long nowNanos) {
    if (inFlight || waiting.isEmpty() || (failures > 0 && notBeforeNanos - nowNanos > 0)) {
      return Optional.empty();
    }
    inFlight = true;
    return Optional.of(waiting.getFirst());
  }

  /// The item in flight was acknowledged, or is given up.
  void done() {
    waiting.removeFirst();
    inFlight = false;
    failures = 0;
  }

  /// The item in flight is sent again in this form, at once.
  void replace(Item other) {
    if (abandoned) {
      return;
    }
    waiting.removeFirst();
    waiting.addFirst(other);
    inFlight = false;
  }

  /// The item in flight is sent again after a pause.
  ///
  /// @param share how much of the pause, from 0.5 to 1, so that lanes do not all come back at once
  void failed(long nowNanos, double share) {
    inFlight = false;
    long pause = Math.min(PAUSE_MAX_NANOS, PAUSE_FIRST_NANOS << Math.min(failures, DOUBLINGS_MAX));
    notBeforeNanos = nowNanos + (long) (pause * share);
    failures++;
  }

  /// Nanoseconds until something may be sent that waits for its pause; `Long.MAX_VALUE` for never.
  long dueInNanos(long nowNanos) {
    return inFlight || waiting.isEmpty() || failures == 0
        ? Long.MAX_VALUE
        : Math.max(0, notBeforeNanos - nowNanos);
  }
}

package dev.reeve.gateway.cap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers what was seen lately, so that it is taken once. What is older than the window is
/// refused by its time and need not be remembered. Bounded: while it is full, nothing new is taken.
/// Safe on any thread.
final class ReplayWindow {
  private final Duration span;
  private final int sizeMax;

  @GuardedBy("this")
  private final Map<String, Instant> seen = new LinkedHashMap<>();

  ReplayWindow(Duration span, int sizeMax) {
    this.span = span;
    this.sizeMax = sizeMax;
  }

  /// What is to be thought of a message.
  enum Verdict {
    FRESH,
    REPLAYED,
    SKEWED,
    FULL
  }

  /// @param key what tells messages apart
  /// @param createdAt when its sender made it
  synchronized Verdict look(String key, Instant createdAt, Instant now) {
    if (Duration.between(createdAt, now).abs().compareTo(span) > 0) {
      return Verdict.SKEWED;
    }
    forget(now);
    if (seen.containsKey(key)) {
      return Verdict.REPLAYED;
    }
    if (seen.size() >= sizeMax) {
      return Verdict.FULL;
    }
    seen.put(key, now);
    return Verdict.FRESH;
  }

  /// A message is refused by its time one span after it was made, and one made in our future two
  /// spans from now.
  @GuardedBy("this")
  private void forget(Instant now) {
    Instant before = now.minus(span.multipliedBy(2));
    Iterator<Instant> oldest = seen.values().iterator();
    while (oldest.hasNext() && oldest.next().isBefore(before)) {
      oldest.remove();
    }
  }
}

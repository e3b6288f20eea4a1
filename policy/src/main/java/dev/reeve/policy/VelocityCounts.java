package dev.reeve.policy;

import dev.reeve.base.Check;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sliding windows in memory. A job that comes again counts once, from its latest request on.
///
/// Bounded: a window keeps no more jobs than decide its answer, and all windows together no more
/// than asked for; beyond that counts are unavailable. Not thread-safe.
public final class VelocityCounts implements VelocityCounter {
  private final InstantSource clock;
  private final int entriesMax;
  private final Map<String, Window> windows = new HashMap<>();
  private int entries;
  private long nameless;

  private static final class Window {
    final LinkedHashMap<String, Instant> members = new LinkedHashMap<>();
    int seconds;

    Window(int seconds) {
      this.seconds = seconds;
    }
  }

  /// @param entriesMax most jobs that all windows remember together
  public VelocityCounts(InstantSource clock, int entriesMax) {
    Check.argument(entriesMax >= 1, "entriesMax: %s (expected: >= 1)", entriesMax);
    this.clock = clock;
    this.entriesMax = entriesMax;
  }

  @Override
  public Standing count(VelocityCheck check) {
    Instant now = clock.instant();
    Window window = windows.get(check.key());
    if (window == null) {
      window = new Window(check.windowSeconds());
    }
    window.seconds = check.windowSeconds();
    expire(window, now);
    String member = check.member().isBlank() ? "\u0000" + nameless++ : check.member();
    if (window.members.remove(member) != null) {
      entries--;
    } else if (entries >= entriesMax && !makeRoom(now)) {
      return Standing.UNAVAILABLE;
    }
    window.members.put(member, now);
    entries++;
    windows.put(check.key(), window);
    forgetWhatDecidesNothing(window, check.maxRequests());
    return standing(window.members.size(), check);
  }

  /// A view that answers as if it counted and remembers nothing.
  public VelocityCounter peeking() {
    return check -> standing(sizeWith(check), check);
  }

  private int sizeWith(VelocityCheck check) {
    Window window = windows.get(check.key());
    if (window == null) {
      return 1;
    }
    Instant oldest = clock.instant().minusSeconds(check.windowSeconds());
    int others = 0;
    for (Map.Entry<String, Instant> member : window.members.entrySet()) {
      if (member.getValue().isAfter(oldest) && !member.getKey().equals(check.member())) {
        others++;
      }
    }
    return others + 1;
  }

  private static Standing standing(int size, VelocityCheck check) {
    return size > check.maxRequests() ? Standing.EXCEEDED : Standing.WITHIN;
  }

  private void expire(Window window, Instant now) {
    Instant oldest = now.minusSeconds(window.seconds);
    Iterator<Instant> times = window.members.values().iterator();
    while (times.hasNext() && !times.next().isAfter(oldest)) {
      times.remove();
      entries--;
    }
  }

  // One more than the limit is enough to know that it is exceeded, and the oldest leave first.
  private void forgetWhatDecidesNothing(Window window, long maxRequests) {
    Iterator<String> members = window.members.keySet().iterator();
    while (window.members.size() > maxRequests + 1) {
      members.next();
      members.remove();
      entries--;
    }
  }

  private boolean makeRoom(Instant now) {
    ArrayDeque<String> empty = new ArrayDeque<>();
    windows.forEach((key, window) -> {
      expire(window, now);
      if (window.members.isEmpty()) {
        empty.add(key);
      }
    });
    empty.forEach(windows::remove);
    return entries < entriesMax;
  }
}

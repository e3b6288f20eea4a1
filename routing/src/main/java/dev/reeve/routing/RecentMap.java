package dev.reeve.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A map that keeps about so many entries and forgets those that were not asked for longest.
/// Thread-safe; reading takes no lock. Time is nanoseconds of the router's monotonic clock.
final class RecentMap<K, V extends RecentMap.Entry> {
  /// What is kept. Remembers when it was asked for last, to a millisecond.
  abstract static class Entry {
    private static final long COARSE_NANOS = 1_000_000;

    private volatile long usedNanos;

    final void begin(long nowNanos) {
      usedNanos = nowNanos;
    }

    final void use(long nowNanos) {
      if (nowNanos - usedNanos > COARSE_NANOS) {
        usedNanos = nowNanos;
      }
    }
  }

  /// A part of the entries: small enough that looking through all of it is no pause.
  private static final class Part<K, V extends Entry> {
    private final ConcurrentHashMap<K, V> entries = new ConcurrentHashMap<>();
    private final ReentrantLock forgetting = new ReentrantLock();
    private final int max;

    Part(int max) {
      this.max = max;
    }

    /// Makes room for a tenth at once, so that a flood of new keys pays one look at all of them in
    /// that many. Whoever comes meanwhile goes on.
    void forget() {
      if (entries.size() <= max || !forgetting.tryLock()) {
        return;
      }
      try {
        List<Map.Entry<K, Long>> ages = new ArrayList<>();
        entries.forEach((key, value) -> ages.add(Map.entry(key, ((Entry) value).usedNanos)));
        ages.sort(Comparator.comparingLong(Map.Entry::getValue));
        int surplus = Math.clamp(ages.size() - max + max / 10, 0, Math.max(0, ages.size() - 1));
        ages.subList(0, surplus).forEach(oldest -> entries.remove(oldest.getKey()));
      } finally {
        forgetting.unlock();
      }
    }
  }

  private static final int PART_MAX = 4_096;

  private final List<Part<K, V>> parts = new ArrayList<>();
  private final int mask;

  /// @param max entries kept; each part of them keeps its share
  RecentMap(int max) {
    int count = Integer.highestOneBit(Math.max(1, max / PART_MAX));
    mask = count - 1;
    for (int i = 0; i < count; i++) {
      parts.add(new Part<>(max / count));
    }
  }

  private Part<K, V> part(K key) {
    int hash = key.hashCode();
    return parts.get((hash ^ (hash >>> 16)) & mask);
  }

  @Nullable V get(K key, long nowNanos) {
    V value = part(key).entries.get(key);
    if (value != null) {
      value.use(nowNanos);
    }
    return value;
  }

  V getOrMake(K key, long nowNanos, Function<K, V> make) {
    Part<K, V> part = part(key);
    V known = part.entries.get(key);
    if (known != null) {
      known.use(nowNanos);
      return known;
    }
    V value =
        part.entries.computeIfAbsent(
            key,
            wanted -> {
              V made = make.apply(wanted);
              made.begin(nowNanos);
              return made;
            });
    part.forget();
    return value;
  }

  void put(K key, V value, long nowNanos) {
    Part<K, V> part = part(key);
    value.begin(nowNanos);
    part.entries.put(key, value);
    part.forget();
  }

  void forEach(BiConsumer<K, V> visitor) {
    parts.forEach(part -> part.entries.forEach(visitor));
  }

  int size() {
    return parts.stream().mapToInt(part -> part.entries.size()).sum();
  }
}

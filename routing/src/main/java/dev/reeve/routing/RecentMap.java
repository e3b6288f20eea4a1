package dev.reeve.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A map that keeps at most so many entries and forgets those that were not asked for longest.
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

  private final int max;
  private final ConcurrentHashMap<K, V> entries = new ConcurrentHashMap<>();

  RecentMap(int max) {
    this.max = max;
  }

  @Nullable V get(K key, long nowNanos) {
    V value = entries.get(key);
    if (value != null) {
      value.use(nowNanos);
    }
    return value;
  }

  V getOrMake(K key, long nowNanos, Function<K, V> make) {
    V value = entries.get(key);
    if (value == null) {
      value =
          entries.computeIfAbsent(
              key,
              wanted -> {
                V made = make.apply(wanted);
                made.begin(nowNanos);
                return made;
              });
      forget();
    } else {
      value.use(nowNanos);
    }
    return value;
  }

  void put(K key, V value, long nowNanos) {
    value.begin(nowNanos);
    entries.put(key, value);
    forget();
  }

  void remove(K key, V value) {
    entries.remove(key, value);
  }

  void forEach(BiConsumer<K, V> visitor) {
    entries.forEach(visitor);
  }

  int size() {
    return entries.size();
  }

  /// Makes room for a tenth at once, so that a flood of new keys pays one look at all of them in
  /// that many.
  private void forget() {
    if (entries.size() <= max) {
      return;
    }
    synchronized (this) {
      if (entries.size() <= max) {
        return;
      }
      List<Map.Entry<K, Long>> ages = new ArrayList<>();
      entries.forEach((key, value) -> ages.add(Map.entry(key, ((Entry) value).usedNanos)));
      ages.sort(Comparator.comparingLong(Map.Entry::getValue));
      int surplus = ages.size() - max + max / 10;
      ages.subList(0, Math.min(surplus, ages.size() - 1))
          .forEach(oldest -> entries.remove(oldest.getKey()));
    }
  }
}

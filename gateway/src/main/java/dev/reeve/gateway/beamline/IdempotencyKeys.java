package dev.reeve.gateway.beamline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Which idempotency keys were used for which task, for an hour. When it is full the oldest key is
/// forgotten. Safe on any thread.
final class IdempotencyKeys {
  private static final long KEPT_NANOS = Duration.ofHours(1).toNanos();
  private static final int KEYS_MAX = 200_000;

  private record Used(Bytes task, long atNanos) {}

  private final LongSupplier nanos;
  private final RouterFigures figures;

  @GuardedBy("this")
  private final Map<Bytes, Used> byKey = new LinkedHashMap<>();

  /// @param nanos a clock that only goes on
  /// @param figures told what became of keys
  IdempotencyKeys(LongSupplier nanos, RouterFigures figures) {
    this.nanos = nanos;
    this.figures = figures;
  }

  /// Takes a key for a task.
  ///
  /// @return false when it was taken for another task
  synchronized boolean take(String tenant, String key, Bytes task) {
    long now = nanos.getAsLong();
    forgetOld(now);
    Used used = byKey.putIfAbsent(name(tenant, key), new Used(task, now));
    boolean fits = used == null || used.task().equals(task);
    (used == null ? figures.keyMisses : fits ? figures.keyHits : figures.keyConflicts).increment();
    return fits;
  }

  /// Whether [#take] would take it; takes nothing.
  synchronized boolean fits(String tenant, String key, Bytes task) {
    forgetOld(nanos.getAsLong());
    Used used = byKey.get(name(tenant, key));
    return used == null || used.task().equals(task);
  }

  /// Takes in what was taken before a restart.
  ///
  /// @param name of [#name]
  /// @param ageNanos since it was taken
  synchronized void restore(Bytes name, Bytes task, long ageNanos) {
    Used _ = byKey.putIfAbsent(name, new Used(task, nanos.getAsLong() - ageNanos));
  }

  /// Stands for a tenant and its key.
  static Bytes name(String tenant, String key) {
    return Sha256.of(Bytes.utf8(tenant + "\n" + key));
  }

  private synchronized void forgetOld(long now) {
    Iterator<Used> oldest = byKey.values().iterator();
    while (oldest.hasNext()) {
      boolean full = byKey.size() >= KEYS_MAX;
      if (!full && now - oldest.next().atNanos() < KEPT_NANOS) {
        return;
      }
      if (full) {
        oldest.next();
      }
      oldest.remove();
      figures.keyEvictions.increment();
    }
  }
}

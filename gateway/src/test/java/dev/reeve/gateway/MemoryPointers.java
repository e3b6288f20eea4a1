package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.service.PointerStore;
import dev.reeve.service.ServiceProblems;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Pointers in memory, which may be shared with workers, and away for a while.
public final class MemoryPointers implements PointerStore {
  private final Map<String, Bytes> content = new ConcurrentHashMap<>();
  private volatile boolean shared;
  private volatile boolean away;

  /// From now on workers read them by themselves.
  public void share() {
    shared = true;
  }

  /// Whether nothing answers.
  public void away(boolean now) {
    away = now;
  }

  private void answer() {
    if (away) {
      throw ServiceProblems.POINTERS_UNAVAILABLE.because("Redis does not answer").toException();
    }
  }

  @Override
  public Optional<Bytes> get(String tenant, String key) {
    answer();
    return Optional.ofNullable(content.get(tenant + "/" + key));
  }

  @Override
  public void put(String tenant, String key, Bytes bytes) {
    answer();
    content.put(tenant + "/" + key, bytes);
  }

  @Override
  public boolean isShared() {
    return shared;
  }
}

package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.service.PointerStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Pointers in memory.
public final class MemoryPointers implements PointerStore {
  private final Map<String, Bytes> content = new ConcurrentHashMap<>();

  @Override
  public Optional<Bytes> get(String tenant, String key) {
    return Optional.ofNullable(content.get(tenant + "/" + key));
  }

  @Override
  public void put(String tenant, String key, Bytes bytes) {
    content.put(tenant + "/" + key, bytes);
  }

  @Override
  public boolean isShared() {
    return false;
  }
}

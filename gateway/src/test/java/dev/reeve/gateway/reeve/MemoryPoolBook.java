package dev.reeve.gateway.reeve;

import dev.reeve.service.PoolBook;
import dev.reeve.service.PoolOrder;
import java.util.List;

/// What was said of pools, in memory.
public final class MemoryPoolBook implements PoolBook {
  private volatile List<PoolOrder> kept = List.of();

  @Override
  public List<PoolOrder> read() {
    return kept;
  }

  @Override
  public void write(List<PoolOrder> orders) {
    kept = orders;
  }
}

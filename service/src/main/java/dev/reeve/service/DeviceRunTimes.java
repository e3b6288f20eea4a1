package dev.reeve.service;

import java.util.concurrent.atomic.AtomicLong;

/// How long runs of a device take lately: a mean in which each new run weighs an eighth. Safe on
/// any thread.
public final class DeviceRunTimes {
  private static final int WEIGHT = 8;

  private final AtomicLong meanMicros = new AtomicLong();

  /// A run ended.
  public void ran(long micros) {
    long run = Math.max(1, micros);
    meanMicros.updateAndGet(mean -> mean == 0 ? run : mean + (run - mean) / WEIGHT);
  }

  /// Microseconds; 0 before the first run.
  public long meanMicros() {
    return meanMicros.get();
  }
}

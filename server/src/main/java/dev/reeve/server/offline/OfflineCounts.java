package dev.reeve.server.offline;

import dev.reeve.policy.VelocityCounts;
import java.time.InstantSource;

/// The counts of one run.
final class OfflineCounts {
  private static final int ENTRIES_MAX = 1_000_000;

  private OfflineCounts() {}

  static VelocityCounts of(InstantSource clock) {
    return new VelocityCounts(clock, ENTRIES_MAX);
  }
}

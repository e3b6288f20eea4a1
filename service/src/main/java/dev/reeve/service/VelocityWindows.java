package dev.reeve.service;

import dev.reeve.policy.VelocityCheck;
import dev.reeve.policy.VelocityCounter;
import dev.reeve.policy.VelocityCounts;
import java.time.InstantSource;
import java.util.Arrays;

/// Counts of all callers in memory, safe on any thread. Windows are spread over stripes, each held
/// for the time of one count, so that an event loop may count.
public final class VelocityWindows implements VelocityCounter {
  private static final int STRIPES = 64;

  private final Stripe[] stripes;

  private static final class Stripe {
    private final VelocityCounts counts;
    private final VelocityCounter peeking;

    Stripe(InstantSource clock, int entriesMax) {
      counts = new VelocityCounts(clock, entriesMax);
      peeking = counts.peeking();
    }

    synchronized Standing count(VelocityCheck check) {
      return counts.count(check);
    }

    synchronized Standing peek(VelocityCheck check) {
      return peeking.count(check);
    }
  }

  /// @param entriesMax most jobs that all windows remember together; beyond that counts are
  ///   unavailable
  public VelocityWindows(InstantSource clock, int entriesMax) {
    stripes = new Stripe[STRIPES];
    Arrays.setAll(stripes, _ -> new Stripe(clock, Math.max(1, entriesMax / STRIPES)));
  }

  @Override
  public Standing count(VelocityCheck check) {
    return stripe(check).count(check);
  }

  /// A view that answers as if it counted and remembers nothing.
  public VelocityCounter peeking() {
    return check -> stripe(check).peek(check);
  }

  private Stripe stripe(VelocityCheck check) {
    return stripes[Math.floorMod(check.key().hashCode() * 31, STRIPES)];
  }
}

package dev.reeve.routing;

import dev.reeve.routing.PolicyBody.Per;
import dev.reeve.routing.PolicyBody.Resource;

/// What was used of a quota in the window that runs now. Windows begin at multiples of their length
/// since the epoch. Thread-safe.
final class QuotaCounter extends RecentMap.Entry {
  /// @param who user, key or provider; empty for the tenant as a whole
  record Key(
      String tenantId, String policyId, Resource resource, Per per, long windowMs, String who) {}

  private long window = Long.MIN_VALUE;
  private double used;

  /// Takes an amount if it fits, or looks whether it would.
  synchronized boolean take(double amount, double limit, long windowMs, long nowMs, boolean count) {
    turn(windowMs, nowMs);
    if (used + amount > limit || (amount == 0 && used >= limit)) {
      return false;
    }
    if (count) {
      used += amount;
    }
    return true;
  }

  synchronized void add(double amount, long windowMs, long nowMs) {
    turn(windowMs, nowMs);
    used += amount;
  }

  synchronized QuotaUse use(Key key) {
    return new QuotaUse(
        key.tenantId(),
        key.policyId(),
        PolicySection.nameOf(key.resource()),
        PolicySection.nameOf(key.per()),
        key.who(),
        key.windowMs(),
        window,
        used);
  }

  /// Begins where another counter of the same key ended, unless that window is over.
  synchronized void restore(QuotaUse kept, long nowMs) {
    turn(kept.windowMs(), nowMs);
    if (kept.window() == window) {
      used += kept.used();
    }
  }

  private void turn(long windowMs, long nowMs) {
    long current = Math.floorDiv(nowMs, windowMs);
    if (current != window) {
      window = current;
      used = 0;
    }
  }
}

package dev.reeve.engine;

import dev.reeve.job.Job;
import dev.reeve.job.JobState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many jobs run per tenant and per group of a tenant, and how soon each may start another.
/// Both limits are checked before a dispatch and counted by it.
final class Running implements JobIndex {
  private final EngineLimits limits;
  private final MonotonicClock clock;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, RateBucket> buckets = new HashMap<>();

  Running(EngineLimits limits, MonotonicClock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  @Override
  public void changed(@Nullable Job before, @Nullable Job after) {
    boolean was = before != null && before.state() instanceof JobState.Executing;
    boolean is = after != null && after.state() instanceof JobState.Executing;
    Job job = after != null ? after : before;
    if (was == is || job == null) {
      return;
    }
    int change = is ? 1 : -1;
    count(tenantKey(job.key().tenant()), change);
    if (!job.header().placement().group().isEmpty()) {
      count(groupKey(job.key().tenant(), job.header().placement().group()), change);
    }
  }

  @Override
  public Object content() {
    return counts;
  }

  /// What keeps a job of this tenant and group from starting now.
  ///
  /// @param runningMax jobs of the tenant that policy lets run, this one included; 0 for no limit
  Blocked blocked(String tenant, String group, int runningMax) {
    int running = counts.getOrDefault(tenantKey(tenant), 0);
    return runningMax > 0 && running >= runningMax
        ? new Blocked("policy lets " + runningMax + " jobs of the tenant run", 0)
        : blocked(tenant, group);
  }

  private Blocked blocked(String tenant, String group) {
    Blocked byTenant = blocked(tenantKey(tenant), limits.ofTenant(tenant), "tenant");
    return byTenant.isBlocked() || group.isEmpty()
        ? byTenant
        : blocked(groupKey(tenant, group), limits.ofGroup(group), "group");
  }

  /// Counts a start against the rates.
  void started(String tenant, String group) {
    take(tenantKey(tenant), limits.ofTenant(tenant));
    if (!group.isEmpty()) {
      take(groupKey(tenant, group), limits.ofGroup(group));
    }
  }

  private Blocked blocked(String key, EngineLimits.Share share, String what) {
    int running = counts.getOrDefault(key, 0);
    if (share.runningMax() > 0 && running >= share.runningMax()) {
      return new Blocked(what + " runs " + running + " of " + share.runningMax() + " jobs", 0);
    }
    if (share.startsPerSecond() == 0) {
      return Blocked.NO;
    }
    long wait = bucket(key, share).waitNanos(clock.nanos());
    return wait == 0
        ? Blocked.NO
        : new Blocked(what + " may start " + share.startsPerSecond() + " jobs per second", wait);
  }

  /// A start that was counted did not happen.
  void notStarted(String tenant, String group) {
    giveBack(tenantKey(tenant), limits.ofTenant(tenant));
    if (!group.isEmpty()) {
      giveBack(groupKey(tenant, group), limits.ofGroup(group));
    }
  }

  private void take(String key, EngineLimits.Share share) {
    if (share.startsPerSecond() > 0) {
      bucket(key, share).take(clock.nanos());
    }
  }

  private void giveBack(String key, EngineLimits.Share share) {
    if (share.startsPerSecond() > 0) {
      bucket(key, share).giveBack();
    }
  }

  private RateBucket bucket(String key, EngineLimits.Share share) {
    return buckets.computeIfAbsent(
        key, _ -> new RateBucket(share.startsPerSecond(), share.startsBurst(), clock.nanos()));
  }

  private void count(String key, int change) {
    int next = counts.getOrDefault(key, 0) + change;
    if (next == 0) {
      counts.remove(key);
    } else {
      counts.put(key, next);
    }
  }

  private static String tenantKey(String tenant) {
    return tenant;
  }

  private static String groupKey(String tenant, String group) {
    return tenant + '\n' + group;
  }

  /// Why a start is not possible now.
  ///
  /// @param why safe text; empty when it is possible
  /// @param waitNanos until it may be possible by time alone; 0 when something must end first
  record Blocked(String why, long waitNanos) {
    static final Blocked NO = new Blocked("", 0);

    boolean isBlocked() {
      return !why.isEmpty();
    }
  }
}

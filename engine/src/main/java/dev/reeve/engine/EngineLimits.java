package dev.reeve.engine;

import dev.reeve.base.Check;
import java.time.Duration;
import java.util.Map;

/// The bounds and shares that the writer holds.
///
/// @param unfinishedMax unfinished jobs in the log
/// @param tenantShareMax unfinished jobs of one tenant
/// @param lease how long an executor may be silent before its jobs go to others
/// @param heartbeat how long a watched running job may be silent before watchers get a sign
/// @param progressInterval least time between two stored progress events of a job
/// @param agingPerPoint waiting time that weighs as much as one point of priority
/// @param tenants shares and limits by tenant
/// @param tenantDefault of tenants not named
/// @param groups limits by group name, the same in every tenant, counted per tenant
public record EngineLimits(
    int unfinishedMax,
    int tenantShareMax,
    Duration lease,
    Duration heartbeat,
    Duration progressInterval,
    Duration agingPerPoint,
    Map<String, Share> tenants,
    Share tenantDefault,
    Map<String, Share> groups) {
  public static final EngineLimits DEFAULT =
      new EngineLimits(
          500_000,
          250_000,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(250),
          Duration.ofSeconds(1),
          Map.of(),
          Share.UNLIMITED,
          Map.of());

  public EngineLimits {
    Check.argument(unfinishedMax > 0, "unfinished_max: %s (expected: > 0)", unfinishedMax);
    Check.argument(tenantShareMax > 0, "tenant_share_max: %s (expected: > 0)", tenantShareMax);
    tenants = Map.copyOf(tenants);
    groups = Map.copyOf(groups);
  }

  Share ofTenant(String tenant) {
    return tenants.getOrDefault(tenant, tenantDefault);
  }

  Share ofGroup(String group) {
    return groups.getOrDefault(group, Share.UNLIMITED);
  }

  /// What one tenant or group may use.
  ///
  /// @param weight share of executors against others that wait, 1 to 1,000
  /// @param runningMax jobs running at once; 0 for no limit
  /// @param startsPerSecond dispatches per second; 0 for no limit
  /// @param startsBurst dispatches at once after a quiet time; at least 1
  public record Share(int weight, int runningMax, double startsPerSecond, int startsBurst) {
    public static final Share UNLIMITED = new Share(1, 0, 0, 1);

    public Share {
      Check.argument(weight >= 1 && weight <= 1_000, "weight: %s (expected: 1 to 1000)", weight);
      Check.argument(runningMax >= 0, "running_max: %s (expected: >= 0)", runningMax);
      Check.argument(
          startsPerSecond >= 0, "starts_per_second: %s (expected: >= 0)", startsPerSecond);
      Check.argument(startsBurst >= 1, "starts_burst: %s (expected: >= 1)", startsBurst);
    }
  }
}

package dev.reeve.engine;

import java.util.Map;

/// The ordinary limits with one thing changed.
final class Limits {
  private Limits() {}

  static EngineLimits unfinished(int max) {
    return with(max, Map.of(), EngineLimits.Share.UNLIMITED, Map.of());
  }

  static EngineLimits tenants(Map<String, EngineLimits.Share> shares) {
    return with(500_000, shares, EngineLimits.Share.UNLIMITED, Map.of());
  }

  static EngineLimits groups(Map<String, EngineLimits.Share> shares) {
    return with(500_000, Map.of(), EngineLimits.Share.UNLIMITED, shares);
  }

  private static EngineLimits with(
      int unfinished,
      Map<String, EngineLimits.Share> tenants,
      EngineLimits.Share tenant,
      Map<String, EngineLimits.Share> groups) {
    EngineLimits usual = EngineLimits.DEFAULT;
    return new EngineLimits(
        unfinished,
        usual.tenantShareMax(),
        usual.lease(),
        usual.heartbeat(),
        usual.progressInterval(),
        usual.agingPerPoint(),
        tenants,
        tenant,
        groups);
  }
}

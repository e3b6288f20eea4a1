package dev.reeve.service.decider;

import java.util.Map;

/// The fail mode of each tenant.
///
/// @param others that of tenants not named
/// @param tenants by tenant
public record FailModes(FailMode others, Map<String, FailMode> tenants) {
  public FailModes {
    tenants = Map.copyOf(tenants);
  }

  /// The same for every tenant.
  public static FailModes all(FailMode mode) {
    return new FailModes(mode, Map.of());
  }

  FailMode of(String tenant) {
    return tenants.getOrDefault(tenant, others);
  }
}

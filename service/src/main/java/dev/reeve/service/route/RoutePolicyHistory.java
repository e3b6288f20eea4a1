package dev.reeve.service.route;

import dev.reeve.routing.PolicyVersion;
import java.util.List;

/// A policy of a tenant with its versions.
///
/// @param tenantId empty for one that holds for every tenant
/// @param versions ascending
public record RoutePolicyHistory(String tenantId, String policyId, List<PolicyVersion> versions) {
  public RoutePolicyHistory {
    versions = List.copyOf(versions);
  }
}

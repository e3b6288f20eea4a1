package dev.reeve.routing;

import dev.reeve.base.Check;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What holds for all policies of a router.
///
/// @param global limit over all tenants
/// @param perTenant limit of each tenant, over all its policies
/// @param environment shown to conditions as `context.environment`; may be empty
/// @param tenantsMax tenants whose breakers, buckets and observations are kept; beyond that those
///   that were not asked for longest are forgotten
/// @param pinsMax pins of sessions kept, over all tenants
/// @param countersMax quota counters kept, over all tenants
/// @param tenantLabels tenants that have a label of their own in metrics; at most a hundred, the
///   first by name, are kept
public record RoutingSettings(
    Optional<RateLimit> global,
    Optional<RateLimit> perTenant,
    String environment,
    int tenantsMax,
    int pinsMax,
    int countersMax,
    Set<String> tenantLabels) {
  private static final int TENANT_LABELS_MAX = 100;

  public static final RoutingSettings DEFAULTS =
      new RoutingSettings(
          Optional.empty(), Optional.empty(), "", 10_000, 200_000, 200_000, Set.of());

  public RoutingSettings {
    Check.argument(tenantsMax >= 1, "tenantsMax: %s (expected: >= 1)", tenantsMax);
    Check.argument(pinsMax >= 1, "pinsMax: %s (expected: >= 1)", pinsMax);
    Check.argument(countersMax >= 1, "countersMax: %s (expected: >= 1)", countersMax);
    tenantLabels =
        tenantLabels.stream().sorted().limit(TENANT_LABELS_MAX).collect(Collectors.toSet());
  }
}

package dev.reeve.routing;

/// What the router remembers of one tenant. Thread-safe.
final class TenantState extends RecentMap.Entry {
  private static final int LANES_MAX = 20_000;
  private static final int ROUTES_MAX = 2 * RoutePolicies.PER_TENANT_MAX;

  private final RecentMap<String, ProviderLane> lanes = new RecentMap<>(LANES_MAX);
  private final RecentMap<String, TenantRoute> routes = new RecentMap<>(ROUTES_MAX);
  private final Bucket bucket = new Bucket();
  private final Bucket policyBucket = new Bucket();
  private final BreakerCounters counters;

  /// @param counters of all breakers of the router
  TenantState(BreakerCounters counters) {
    this.counters = counters;
  }

  /// The route of this version of a policy.
  TenantRoute route(RoutePolicy policy, long nowNanos) {
    TenantRoute route = routes.get(policy.policyId(), nowNanos);
    if (route != null && route.policy() == policy) {
      return route;
    }
    return changedRoute(policy, nowNanos);
  }

  private synchronized TenantRoute changedRoute(RoutePolicy policy, long nowNanos) {
    TenantRoute route = routes.get(policy.policyId(), nowNanos);
    if (route != null && route.policy() == policy) {
      return route;
    }
    Bucket kept = route == null ? new Bucket() : route.bucket();
    TenantRoute made = new TenantRoute(policy, kept, id -> lane(id, nowNanos));
    routes.put(policy.policyId(), made, nowNanos);
    return made;
  }

  ProviderLane lane(String providerId, long nowNanos) {
    return lanes.getOrMake(providerId, nowNanos, _ -> new ProviderLane(counters));
  }

  RecentMap<String, ProviderLane> lanes() {
    return lanes;
  }

  /// For the limit of every tenant.
  Bucket bucket() {
    return bucket;
  }

  /// For policies' limits of scope tenant.
  Bucket policyBucket() {
    return policyBucket;
  }
}

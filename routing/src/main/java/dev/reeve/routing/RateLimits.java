package dev.reeve.routing;

import dev.reeve.routing.PolicyBody.Limit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The limits of decisions per time, widest first: all tenants, the tenant, the policy. What a
/// wider one gave is given back when a narrower one refuses. Thread-safe.
final class RateLimits {
  private final RoutingSettings settings;
  private final RouterCounters counters;
  private final Bucket global = new Bucket();
  private final Bucket policiesGlobal = new Bucket();

  RateLimits(RoutingSettings settings, RouterCounters counters) {
    this.counters = counters;
    this.settings = settings;
  }

  /// Null when the question may go on.
  @Nullable RouteRefusal refusal(Asking asking, TenantState tenant) {
    Optional<Limit> limit = asking.body().protection().rateLimit();
    if (settings.global().isEmpty() && settings.perTenant().isEmpty() && limit.isEmpty()) {
      return null;
    }
    long wait = settings.global().isEmpty() ? 0 : take(global, settings.global().get(), asking);
    if (wait > 0) {
      return refusal("global", settings.global().get(), asking, wait);
    }
    wait =
        settings.perTenant().isEmpty()
            ? 0
            : take(tenant.bucket(), settings.perTenant().get(), asking);
    if (wait > 0) {
      giveBack(asking, settings.global().isPresent(), global);
      return refusal("tenant", settings.perTenant().get(), asking, wait);
    }
    if (limit.isEmpty()) {
      allowed(asking, limit);
      return null;
    }
    wait = take(bucket(asking, tenant, limit.get()), limit.get().limit(), asking);
    if (wait > 0) {
      giveBack(asking, settings.global().isPresent(), global);
      giveBack(asking, settings.perTenant().isPresent(), tenant.bucket());
      String scope = PolicySection.nameOf(limit.get().scope());
      return refusal(scope, limit.get().limit(), asking, wait);
    }
    allowed(asking, limit);
    return null;
  }

  private void allowed(Asking asking, Optional<Limit> ofPolicy) {
    if (!asking.counts()) {
      return;
    }
    String tenant = asking.question().tenantId();
    if (settings.global().isPresent()) {
      counters.rate("global", tenant, true);
    }
    if (settings.perTenant().isPresent()) {
      counters.rate("tenant", tenant, true);
    }
    ofPolicy.ifPresent(limit -> counters.rate(PolicySection.nameOf(limit.scope()), tenant, true));
  }

  private Bucket bucket(Asking asking, TenantState tenant, Limit limit) {
    return switch (limit.scope()) {
      case POLICY -> asking.route().bucket();
      case TENANT -> tenant.policyBucket();
      case GLOBAL -> policiesGlobal;
    };
  }

  private static long take(Bucket bucket, RateLimit limit, Asking asking) {
    return bucket.take(limit, asking.nowNanos(), asking.counts());
  }

  private static void giveBack(Asking asking, boolean taken, Bucket bucket) {
    if (taken && asking.counts()) {
      bucket.giveBack();
    }
  }

  private RouteRefusal refusal(String scope, RateLimit limit, Asking asking, long waitMs) {
    if (asking.counts()) {
      counters.rate(scope, asking.question().tenantId(), false);
    }
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("scope", scope);
    details.put("policy_id", asking.policy().policyId());
    details.put("tenant_id", asking.question().tenantId());
    details.put("limit", limit.refill());
    details.put("retry_after_seconds", (waitMs + 999) / 1_000);
    return new RouteRefusal(
        RefusalCode.RATE_LIMIT_EXCEEDED,
        "rate limit of scope " + scope + " exceeded (expected: again in " + waitMs + " ms)",
        details,
        waitMs,
        List.of(),
        Optional.empty());
  }
}

package dev.reeve.routing;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.routing.PolicyBody.Per;
import dev.reeve.routing.PolicyBody.Quota;
import dev.reeve.routing.PolicyBody.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts what tenants, users, keys and providers use, and says when a quota is used up. Requests
/// count when they are decided, tokens and money when results come. Thread-safe.
final class Quotas {
  private static final int WHO_LENGTH_MAX = 256;

  private final RecentMap<QuotaCounter.Key, QuotaCounter> counters;

  Quotas(int countersMax) {
    counters = new RecentMap<>(countersMax);
  }

  /// A text short enough to be kept as a key: itself, or its digest.
  static String shortened(String text) {
    return text.length() <= WHO_LENGTH_MAX ? text : Sha256.of(Bytes.utf8(text)).hex();
  }

  /// The refusal by the first hard quota that is used up; null when there is none. Takes nothing.
  @Nullable RouteRefusal refusal(Asking asking) {
    for (Quota quota : asking.body().protection().quotas()) {
      if (!quota.soft() && quota.per() != Per.PROVIDER && isUsedUp(asking, quota)) {
        return refusal(asking, quota);
      }
    }
    return null;
  }

  /// The first soft quota that is used up, in words; empty when there is none.
  Optional<String> warning(Asking asking) {
    for (Quota quota : asking.body().protection().quotas()) {
      if (quota.soft() && quota.per() != Per.PROVIDER && isUsedUp(asking, quota)) {
        return Optional.of(words(quota));
      }
    }
    return Optional.empty();
  }

  boolean isProviderUsedUp(Asking asking, String providerId) {
    for (Quota quota : asking.body().protection().quotas()) {
      if (quota.per() == Per.PROVIDER && !fits(asking, quota, providerId, false)) {
        return true;
      }
    }
    return false;
  }

  /// Counts a request that was decided; the refusal when another took the last one meanwhile.
  @Nullable RouteRefusal take(Asking asking, String providerId) {
    for (Quota quota : asking.body().protection().quotas()) {
      if (quota.resource() == Resource.REQUESTS) {
        boolean provider = quota.per() == Per.PROVIDER;
        Optional<String> who = provider ? Optional.of(providerId) : who(asking, quota);
        if (who.isPresent() && !fits(asking, quota, who.get(), true)) {
          if (!quota.soft() && !provider) {
            return refusal(asking, quota);
          }
          counter(asking, quota, who.get()).add(1, quota.windowMs(), asking.nowMs());
        }
      }
    }
    return null;
  }

  /// Counts what a call used.
  void observe(RoutePolicy policy, RouteResult result, double cost, long nowNanos, long nowMs) {
    for (Quota quota : policy.body().protection().quotas()) {
      double amount =
          switch (quota.resource()) {
            case REQUESTS -> 0;
            case TOKENS -> result.inputTokens() + result.outputTokens();
            case COST -> cost;
          };
      Optional<String> who =
          switch (quota.per()) {
            case TENANT -> Optional.of("");
            case USER -> named(result.user());
            case KEY -> named(result.key());
            case PROVIDER -> Optional.of(result.providerId());
          };
      if (amount > 0 && who.isPresent()) {
        counters
            .getOrMake(
                key(result.tenantId(), policy.policyId(), quota, who.get()),
                nowNanos,
                _ -> new QuotaCounter())
            .add(amount, quota.windowMs(), nowMs);
      }
    }
  }

  /// What was used, of one tenant or, for an empty name, of all.
  List<QuotaUse> uses(String tenantId) {
    List<QuotaUse> uses = new ArrayList<>();
    counters.forEach((key, counter) -> {
      if (tenantId.isEmpty() || tenantId.equals(key.tenantId())) {
        uses.add(counter.use(key));
      }
    });
    uses.sort(
        Comparator.comparing(QuotaUse::tenantId)
            .thenComparing(QuotaUse::policyId)
            .thenComparing(QuotaUse::resource)
            .thenComparing(QuotaUse::per)
            .thenComparing(QuotaUse::who)
            .thenComparingLong(QuotaUse::windowMs));
    return uses;
  }

  void restore(QuotaUse kept, long nowNanos, long nowMs) {
    Optional<Resource> resource = named(Resource.values(), kept.resource());
    Optional<Per> per = named(Per.values(), kept.per());
    if (resource.isPresent() && per.isPresent()) {
      QuotaCounter.Key key =
          new QuotaCounter.Key(
              kept.tenantId(),
              kept.policyId(),
              resource.get(),
              per.get(),
              kept.windowMs(),
              kept.who());
      counters.getOrMake(key, nowNanos, _ -> new QuotaCounter()).restore(kept, nowMs);
    }
  }

  private static <E extends Enum<E>> Optional<E> named(E[] values, String name) {
    return Arrays.stream(values)
        .filter(value -> PolicySection.nameOf(value).equals(name))
        .findFirst();
  }

  private boolean isUsedUp(Asking asking, Quota quota) {
    Optional<String> who = who(asking, quota);
    return who.isPresent() && !fits(asking, quota, who.get(), false);
  }

  private boolean fits(Asking asking, Quota quota, String who, boolean count) {
    double amount = quota.resource() == Resource.REQUESTS ? 1 : 0;
    return counter(asking, quota, who)
        .take(amount, quota.limit(), quota.windowMs(), asking.nowMs(), count);
  }

  private QuotaCounter counter(Asking asking, Quota quota, String who) {
    return counters.getOrMake(
        key(asking.question().tenantId(), asking.policy().policyId(), quota, who),
        asking.nowNanos(),
        _ -> new QuotaCounter());
  }

  private static QuotaCounter.Key key(String tenantId, String policyId, Quota quota, String who) {
    return new QuotaCounter.Key(
        tenantId, policyId, quota.resource(), quota.per(), quota.windowMs(), who);
  }

  /// Empty when the request names nobody of the kind: then the quota does not speak of it.
  private static Optional<String> who(Asking asking, Quota quota) {
    return switch (quota.per()) {
      case TENANT -> Optional.of("");
      case USER -> named(asking.user());
      case KEY -> named(asking.question().caller().key());
      case PROVIDER -> Optional.empty();
    };
  }

  private static Optional<String> named(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(shortened(name));
  }

  private static String words(Quota quota) {
    return PolicySection.nameOf(quota.resource()) + " per " + PolicySection.nameOf(quota.per());
  }

  private static RouteRefusal refusal(Asking asking, Quota quota) {
    boolean money = quota.resource() == Resource.COST;
    long leftMs = quota.windowMs() - Math.floorMod(asking.nowMs(), quota.windowMs());
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("resource", PolicySection.nameOf(quota.resource()));
    details.put("scope", PolicySection.nameOf(quota.per()));
    details.put("limit", quota.limit());
    details.put("window_seconds", quota.windowMs() / 1_000);
    details.put("policy_id", asking.policy().policyId());
    return new RouteRefusal(
        money ? RefusalCode.BUDGET_EXCEEDED : RefusalCode.QUOTA_EXCEEDED,
        words(quota) + ": used up (expected: within " + RouteJson.text(quota.limit()) + ")",
        details,
        leftMs,
        List.of(),
        Optional.empty());
  }
}

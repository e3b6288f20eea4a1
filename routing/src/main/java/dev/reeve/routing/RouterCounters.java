package dev.reeve.routing;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/// How often each thing was decided since the start, and how long it took, for metrics. Every label
/// comes from a fixed set. Thread-safe.
public final class RouterCounters {
  /// Stands for every tenant that has no label of its own.
  public static final String OTHER = "other";

  private final Set<String> tenantLabels;
  private final Map<RouteReason, LongAdder> decisions = new EnumMap<>(RouteReason.class);
  private final Map<RefusalCode, LongAdder> refusals = new EnumMap<>(RefusalCode.class);
  private final Map<ExtensionType, LatencyCounts> extensionLatency =
      new EnumMap<>(ExtensionType.class);
  private final Map<ExtensionRun, LongAdder> extensions = new ConcurrentHashMap<>();
  private final Map<RateScope, LongAdder> rateAllowed = new ConcurrentHashMap<>();
  private final Map<RateScope, LongAdder> rateExceeded = new ConcurrentHashMap<>();
  private final BreakerCounters breakers = new BreakerCounters();
  private final LatencyCounts decisionLatency = new LatencyCounts();
  private final LatencyCounts applicationLatency = new LatencyCounts();
  private final LongAdder stickyHits = new LongAdder();
  private final LongAdder stickyMisses = new LongAdder();
  private final LongAdder retriesExhausted = new LongAdder();

  /// Whom a rate limit was asked for.
  ///
  /// @param scope `global`, `tenant` or `policy`
  /// @param tenant its label
  public record RateScope(String scope, String tenant) implements Comparable<RateScope> {
    @Override
    public int compareTo(RateScope other) {
      int byScope = scope.compareTo(other.scope);
      return byScope != 0 ? byScope : tenant.compareTo(other.tenant);
    }
  }

  /// What became of an extension.
  ///
  /// @param status `ok`, `error`, `warn`, `ignore` or `skipped`
  public record ExtensionRun(ExtensionType type, String status)
      implements Comparable<ExtensionRun> {
    @Override
    public int compareTo(ExtensionRun other) {
      int byType = type.compareTo(other.type);
      return byType != 0 ? byType : status.compareTo(other.status);
    }
  }

  /// @param tenantLabels tenants that have a label of their own
  RouterCounters(Set<String> tenantLabels) {
    this.tenantLabels = Set.copyOf(tenantLabels);
    for (RouteReason reason : RouteReason.values()) {
      decisions.put(reason, new LongAdder());
    }
    for (RefusalCode code : RefusalCode.values()) {
      refusals.put(code, new LongAdder());
    }
    for (ExtensionType type : ExtensionType.values()) {
      extensionLatency.put(type, new LatencyCounts());
    }
  }

  void count(RouteOutcome outcome, long tookNanos) {
    decisionLatency.add(tookNanos);
    switch (outcome) {
      case RouteDecision decision -> adder(decisions, decision.reason()).increment();
      case RouteRefusal refusal -> adder(refusals, refusal.code()).increment();
    }
  }

  void applied(long tookNanos) {
    applicationLatency.add(tookNanos);
  }

  void sticky(boolean hit) {
    (hit ? stickyHits : stickyMisses).increment();
  }

  void exhausted() {
    retriesExhausted.increment();
  }

  void rate(String scope, String tenant, boolean allowed) {
    (allowed ? rateAllowed : rateExceeded)
        .computeIfAbsent(new RateScope(scope, tenantLabel(tenant)), _ -> new LongAdder())
        .increment();
  }

  void extension(ExtensionType type, String status) {
    extensions.computeIfAbsent(new ExtensionRun(type, status), _ -> new LongAdder()).increment();
  }

  void extensionTook(ExtensionType type, long tookNanos) {
    LatencyCounts counts = extensionLatency.get(type);
    if (counts != null) {
      counts.add(tookNanos);
    }
  }

  /// What a tenant is called in a label: its name if it is one of the few that have one.
  public String tenantLabel(String tenant) {
    return tenantLabels.contains(tenant) ? tenant : OTHER;
  }

  /// Decisions by their reason.
  public long decisions(RouteReason reason) {
    return adder(decisions, reason).sum();
  }

  /// Refusals by their code.
  public long refusals(RefusalCode code) {
    return adder(refusals, code).sum();
  }

  /// How long decisions and refusals took, the waits for extensions included.
  public LatencyCounts.View decisionLatency() {
    return decisionLatency.view();
  }

  /// How long it took to choose by a policy, without extensions.
  public LatencyCounts.View applicationLatency() {
    return applicationLatency.view();
  }

  /// How long calls of extensions of a type took.
  public LatencyCounts.View extensionLatency(ExtensionType type) {
    LatencyCounts counts = extensionLatency.get(type);
    return counts == null ? new LatencyCounts().view() : counts.view();
  }

  /// What became of extensions.
  public void extensions(BiConsumer<ExtensionRun, Long> each) {
    new TreeMap<>(extensions).forEach((run, count) -> each.accept(run, count.sum()));
  }

  /// Requests that a rate limit let through, by scope and tenant.
  public void rateAllowed(BiConsumer<RateScope, Long> each) {
    new TreeMap<>(rateAllowed).forEach((scope, count) -> each.accept(scope, count.sum()));
  }

  /// Requests that a rate limit refused, by scope and tenant.
  public void rateExceeded(BiConsumer<RateScope, Long> each) {
    new TreeMap<>(rateExceeded).forEach((scope, count) -> each.accept(scope, count.sum()));
  }

  /// What breakers did.
  public BreakerCounters breakers() {
    return breakers;
  }

  /// Decisions of a session by its pin.
  public long stickyHits() {
    return stickyHits.sum();
  }

  /// Decisions of a session that had no pin, or whose pin was out.
  public long stickyMisses() {
    return stickyMisses.sum();
  }

  /// Failures whose fallback rule had no retry left.
  public long retriesExhausted() {
    return retriesExhausted.sum();
  }

  static <K> LongAdder adder(Map<K, LongAdder> adders, K key) {
    LongAdder adder = adders.get(key);
    if (adder == null) {
      throw new IllegalStateException("no counter for " + key);
    }
    return adder;
  }
}

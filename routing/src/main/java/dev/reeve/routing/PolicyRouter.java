package dev.reeve.routing;

import dev.reeve.base.Text;
import dev.reeve.routing.PolicyBody.Breaking;
import dev.reeve.routing.PolicyBody.Sticky;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The router. What it remembers is its own memory alone: another router, and this one after a
/// start, begins with closed breakers, full buckets and no pins. Quotas can be taken along.
public final class PolicyRouter implements Router {
  private static final int BREAKERS_SHOWN_MAX = 1_000;
  private static final long COOL_DOWN_MS_MAX = 600_000;

  private final RoutingSettings settings;
  private final InstantSource clock;
  private final LongSupplier monotonicNanos;
  private final RecentMap<String, TenantState> tenants;
  private final RecentMap<Pin.Key, Pin> pins;
  private final Quotas quotas;
  private final RateLimits rateLimits;
  private final Set<String> unhealthy = ConcurrentHashMap.newKeySet();
  private final RouterCounters counters;
  private volatile BiConsumer<RouteQuestion, RouteRefusal> refusals = (_, _) -> {};
  private volatile RoutePolicies policies = RoutePolicies.EMPTY;
  private volatile ProviderCatalogue catalogue = ProviderCatalogue.EMPTY;

  /// @param clock the time of day, for deadlines and the windows of quotas
  /// @param monotonicNanos never goes back, for breakers, pins and buckets
  public PolicyRouter(RoutingSettings settings, InstantSource clock, LongSupplier monotonicNanos) {
    this.settings = settings;
    this.clock = clock;
    this.monotonicNanos = monotonicNanos;
    tenants = new RecentMap<>(settings.tenantsMax());
    pins = new RecentMap<>(settings.pinsMax());
    quotas = new Quotas(settings.countersMax());
    counters = new RouterCounters(settings.tenantLabels());
    rateLimits = new RateLimits(settings, counters);
  }

  @Override
  public void use(RoutePolicies next) {
    policies = next;
  }

  @Override
  public void use(ProviderCatalogue next) {
    catalogue = next;
  }

  @Override
  public void watch(BiConsumer<RouteQuestion, RouteRefusal> watcher) {
    refusals = watcher;
  }

  @Override
  public RoutePolicies policies() {
    return policies;
  }

  @Override
  public RouterCounters counters() {
    return counters;
  }

  @Override
  public boolean mayBlock(RouteQuestion question) {
    RoutePolicy policy = policies.held(question.tenantId(), policyId(question));
    return policy != null && policy.hasExtensions();
  }

  private static String policyId(RouteQuestion question) {
    if (!question.policyId().isEmpty()) {
      return question.policyId();
    }
    return question.context().get("policy_id") instanceof String named && !named.isEmpty()
        ? named
        : RoutePolicy.DEFAULT_ID;
  }

  @Override
  public RouteOutcome decide(
      RouteQuestion question, RandomGenerator random, ExtensionCaller extensions) {
    long beganNanos = monotonicNanos.getAsLong();
    RouteOutcome outcome = decided(question, random, extensions);
    if (question.mode() != RouteQuestion.Mode.DRY_RUN) {
      counters.count(outcome, monotonicNanos.getAsLong() - beganNanos);
      if (outcome instanceof RouteRefusal refusal) {
        refusals.accept(question, refusal);
      }
    }
    return outcome;
  }

  private RouteOutcome decided(
      RouteQuestion question, RandomGenerator random, ExtensionCaller extensions) {
    if (question.tenantId().isEmpty()) {
      return RouteRefusal.of(
          RefusalCode.INVALID_REQUEST,
          "tenant_id: \"\" (expected: a tenant)",
          Map.of("field", "tenant_id"));
    }
    String policyId = policyId(question);
    RoutePolicy policy = policies.held(question.tenantId(), policyId);
    if (policy == null) {
      return RouteRefusal.of(
          RefusalCode.POLICY_NOT_FOUND,
          "policy: " + Text.quoteForMessage(policyId) + " (expected: a policy of the tenant)",
          Map.of("policy_id", policyId, "tenant_id", question.tenantId()));
    }
    long nowNanos = monotonicNanos.getAsLong();
    TenantState tenant =
        tenants.getOrMake(question.tenantId(), nowNanos, _ -> new TenantState(counters.breakers()));
    Asking asking =
        new Asking(
            question,
            tenant.route(policy, nowNanos),
            settings.environment(),
            catalogue,
            nowNanos,
            clock.millis());
    PipelineRun pipeline = new PipelineRun(asking, extensions, clock, monotonicNanos, counters);
    RouteRefusal refusal = before(asking, tenant, pipeline);
    return refusal == null
        ? chosen(asking, pipeline, random)
        : refused(asking, pipeline, refusal, new Candidates(asking, unhealthy, quotas));
  }

  /// Everything that may refuse before a provider is looked for.
  private @Nullable RouteRefusal before(Asking asking, TenantState tenant, PipelineRun pipeline) {
    takeReport(asking);
    RouteRefusal refusal = rateLimits.refusal(asking, tenant);
    if (refusal == null) {
      refusal = quotas.refusal(asking);
    }
    if (refusal == null) {
      refusal = pipeline.late();
    }
    return refusal == null ? pipeline.before() : refusal;
  }

  /// A caller that says how its last provider did feeds the breaker by it.
  private static void takeReport(Asking asking) {
    String status = asking.facts().text("status");
    int current = status.isEmpty() ? -1 : asking.currentProvider();
    if (current >= 0 && asking.counts()) {
      asking
          .route()
          .lane(current)
          .report(
              asking.body().protection().breaker(),
              FailureClass.ofReport(status),
              asking.nowNanos());
    }
  }

  private RouteOutcome chosen(Asking asking, PipelineRun pipeline, RandomGenerator random) {
    Candidates candidates = new Candidates(asking, unhealthy, quotas);
    Optional<String> warning = quotas.warning(asking);
    if (warning.isPresent()) {
      asking.step("soft quota used up: " + warning.get());
      candidates.preferCheapest();
    }
    Optional<Sticky> sticky = asking.body().sticky();
    String session = sticky.isEmpty() ? "" : asking.facts().text(sticky.get().sessionKey());
    Pin.Key pinKey =
        new Pin.Key(
            asking.question().tenantId(), asking.policy().policyId(), Quotas.shortened(session));
    Pin pin = session.isEmpty() ? null : pins.get(pinKey, asking.nowNanos());
    String pinned = pin == null ? "" : pin.providerId(asking.nowNanos());
    long beganNanos = monotonicNanos.getAsLong();
    Choice choice = acquired(asking, candidates, random, pinned);
    if (asking.counts()) {
      counters.applied(monotonicNanos.getAsLong() - beganNanos);
    }
    if (choice == null) {
      return refused(asking, pipeline, nobody(asking, candidates), candidates);
    }
    String providerId = candidates.targets().at(choice.index()).id();
    if (asking.counts()) {
      RouteRefusal refusal = quotas.take(asking, providerId);
      if (refusal != null) {
        return refused(asking, pipeline, refusal, candidates);
      }
    }
    count(asking, choice, session);
    long pinExpiresAtMs = 0;
    if (!session.isEmpty() && keepsPin(asking, choice)) {
      long ttlMs = sticky.orElseThrow().ttlMs();
      pinExpiresAtMs = asking.nowMs() + ttlMs;
      pin(asking, pinKey, pin, providerId, asking.nowNanos() + ttlMs * 1_000_000);
    }
    RouteRefusal refusal = pipeline.after();
    if (refusal != null) {
      return refused(asking, pipeline, refusal, candidates);
    }
    DecisionWriter writer = new DecisionWriter(asking, candidates, choice, pipeline.traces());
    return writer.decision(session, pinExpiresAtMs, warning);
  }

  private void count(Asking asking, Choice choice, String session) {
    if (!asking.counts()) {
      return;
    }
    if (!session.isEmpty()) {
      counters.sticky(choice.reason() == RouteReason.STICKY);
    }
    if (choice.followsRetries() && asking.facts().number("retry_attempts_used") > 0) {
      counters.exhausted();
    }
  }

  /// A pin is made by the strategy, kept by use, and made or moved by a fallback after a failure.
  private static boolean keepsPin(Asking asking, Choice choice) {
    boolean moved = choice.isFallback() && !asking.failedStatus().isEmpty();
    return moved || choice.isByStrategy() || choice.reason() == RouteReason.STICKY;
  }

  private void pin(
      Asking asking, Pin.Key key, @Nullable Pin pin, String providerId, long untilNanos) {
    if (!asking.counts()) {
      return;
    }
    if (pin == null) {
      pins.put(key, new Pin(providerId, untilNanos), asking.nowNanos());
    } else {
      pin.set(providerId, untilNanos);
    }
  }

  /// Chooses until a choice's breaker lets the call through; each miss leaves one provider out.
  private static @Nullable Choice acquired(
      Asking asking, Candidates candidates, RandomGenerator random, String pinned) {
    Choosing choosing = new Choosing(asking, candidates, random, pinned);
    Choice choice = choosing.choose();
    while (choice != null
        && asking.counts()
        && !choice.asLastResort()
        && !candidates.acquire(choice.index())) {
      candidates.refuse(choice.index());
      choice = choosing.choose();
    }
    return choice;
  }

  private static RouteRefusal nobody(Asking asking, Candidates candidates) {
    List<String> shown = new ArrayList<>();
    Targets targets = candidates.targets();
    for (int i = 0; i < targets.count() && shown.size() < 8; i++) {
      Verdict verdict = candidates.verdict(i);
      boolean weightless = verdict == Verdict.AVAILABLE;
      shown.add(targets.at(i).id() + " " + (weightless ? Verdict.NO_WEIGHT : verdict).words());
    }
    return RouteRefusal.of(
        RefusalCode.NO_PROVIDER_AVAILABLE,
        "no provider available: " + String.join(", ", shown),
        Map.of(
            "reason", "no_provider_available",
            "policy_id", asking.policy().policyId(),
            "policy_version", asking.policy().number()));
  }

  private static RouteRefusal refused(
      Asking asking, PipelineRun pipeline, RouteRefusal refusal, Candidates candidates) {
    return new RouteRefusal(
        refusal.code(),
        refusal.message(),
        refusal.details(),
        refusal.retryAfterMs(),
        pipeline.traces(),
        DecisionWriter.explanation(asking, candidates, refusal.code().reason(), null));
  }

  @Override
  public void observe(RouteResult result) {
    RoutePolicies held = policies;
    RoutePolicy policy =
        held.version(result.tenantId(), result.policyId(), result.policyVersion())
            .or(() -> held.find(result.tenantId(), result.policyId()))
            .orElse(null);
    if (policy == null || policy.body().targets().index(result.providerId()) < 0) {
      return;
    }
    long nowNanos = monotonicNanos.getAsLong();
    TenantState tenant =
        tenants.getOrMake(result.tenantId(), nowNanos, _ -> new TenantState(counters.breakers()));
    Breaking rule = policy.body().protection().breaker();
    double cost = catalogue.prior(result.providerId()).cost(result);
    tenant
        .lane(result.providerId(), nowNanos)
        .result(rule, result, cost, COOL_DOWN_MS_MAX, nowNanos);
    quotas.observe(policy, result, cost, nowNanos, clock.millis());
  }

  @Override
  public void health(String providerId, boolean healthy) {
    if (healthy) {
      unhealthy.remove(providerId);
    } else {
      unhealthy.add(providerId);
    }
  }

  @Override
  public List<QuotaUse> quotas(String tenantId) {
    return quotas.uses(tenantId);
  }

  @Override
  public void restore(Collection<QuotaUse> kept) {
    long nowNanos = monotonicNanos.getAsLong();
    long nowMs = clock.millis();
    kept.forEach(use -> quotas.restore(use, nowNanos, nowMs));
  }

  @Override
  public List<BreakerView> breakers(String tenantId) {
    long nowNanos = monotonicNanos.getAsLong();
    List<BreakerView> views = new ArrayList<>();
    tenants.forEach((id, tenant) -> {
      if (tenantId.isEmpty() || tenantId.equals(id)) {
        tenant
            .lanes()
            .forEach((provider, lane) -> {
              if (lane.breaker().isFed() && views.size() < BREAKERS_SHOWN_MAX) {
                views.add(lane.breaker().view(id, provider, nowNanos));
              }
            });
      }
    });
    views.sort(Comparator.comparing(BreakerView::tenantId).thenComparing(BreakerView::providerId));
    return views;
  }
}

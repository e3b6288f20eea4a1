package dev.reeve.routing;

import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/// Decides which provider takes a call. Thread-safe; with the same policies, history, clock and
/// draws the same decisions.
public interface Router {
  /// From now on these policies decide. A decision under way ends under those it began with.
  void use(RoutePolicies policies);

  /// From now on these priors and prices hold.
  void use(ProviderCatalogue catalogue);

  /// From now on this one hears of each refusal that counts, on the thread that decides: it must
  /// not block.
  void watch(BiConsumer<RouteQuestion, RouteRefusal> watcher);

  /// Those that decide now.
  RoutePolicies policies();

  /// How often each thing was decided.
  RouterCounters counters();

  /// Whether the policy that would answer calls extensions: then [#decide] may block.
  boolean mayBlock(RouteQuestion question);

  /// The decision. Does not block unless [#mayBlock]; takes about a microsecond then.
  ///
  /// @param random draws for this question alone, not kept
  RouteOutcome decide(RouteQuestion question, RandomGenerator random, ExtensionCaller extensions);

  /// Takes in how a call went. Does not block.
  void observe(RouteResult result);

  /// Takes in whether a provider is healthy, for all tenants. Does not block.
  void health(String providerId, boolean healthy);

  /// What was used of quotas and budgets, of one tenant or, for an empty name, of all.
  List<QuotaUse> quotas(String tenantId);

  /// Takes in what [#quotas] gave before a restart; what belongs to a window that is over counts
  /// for nothing. To be called once, before the first question.
  void restore(Collection<QuotaUse> kept);

  /// Breakers that were ever fed, of one tenant or, for an empty name, of all; at most a thousand.
  List<BreakerView> breakers(String tenantId);
}

package dev.reeve.routing;

import dev.reeve.routing.PolicyBody.PreferRule;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The order in which a provider is looked for: a reported failure, the caller's own choice with an
/// open breaker, the session's pin, rules, the strategy, fallbacks, the last resort.
final class Choosing {
  private final Asking asking;
  private final Candidates candidates;
  private final Failing failing;
  private final StrategyChoice strategy;
  private final String pinned;

  /// @param pinned the provider of the session's pin; empty without one
  Choosing(Asking asking, Candidates candidates, RandomGenerator random, String pinned) {
    this.asking = asking;
    this.candidates = candidates;
    this.pinned = pinned;
    failing = new Failing(asking, candidates, random);
    strategy = new StrategyChoice(asking, candidates, random);
  }

  /// Null when nobody can take the call.
  @Nullable Choice choose() {
    String failed = asking.failedStatus();
    Choice choice = failed.isEmpty() ? null : failing.afterReport(failed);
    if (choice == null) {
      choice = insteadOfSelected();
    }
    if (choice == null) {
      choice = byPin();
    }
    if (choice == null) {
      choice = byRules();
    }
    if (choice == null) {
      choice = strategy.choose();
      tell(choice);
    }
    return choice == null ? failing.whenNobodyIsLeft() : choice;
  }

  private void tell(@Nullable Choice choice) {
    if (choice == null) {
      asking.step("no provider with a weight is available");
    } else if (asking.isExplained()) {
      String strategy = PolicySection.nameOf(asking.body().selection().strategy());
      asking.step("strategy " + strategy + ": " + candidates.targets().at(choice.index()).id());
    }
  }

  private @Nullable Choice insteadOfSelected() {
    String name = asking.facts().text("selected_provider");
    int selected = name.isEmpty() ? -1 : candidates.targets().index(name);
    if (selected < 0 || candidates.verdict(selected) != Verdict.BREAKER_OPEN) {
      return null;
    }
    asking.step("selected_provider " + name + " has an open breaker");
    int target = candidates.targets().index(namedFallback());
    return candidates.isAvailable(target)
        ? Choice.byRule(target, RouteReason.CIRCUIT_BREAKER_FALLBACK, "")
        : null;
  }

  private String namedFallback() {
    String named = asking.facts().text("fallback_provider");
    if (named.isEmpty()
        && asking.facts().named("fallback_rules") instanceof List<?> rules
        && !rules.isEmpty()
        && rules.getFirst() instanceof Map<?, ?> first
        && first.get("to") instanceof String to) {
      return to;
    }
    return named;
  }

  private @Nullable Choice byPin() {
    if (pinned.isEmpty()) {
      return null;
    }
    int index = candidates.targets().index(pinned);
    if (candidates.isAvailable(index)) {
      asking.step("session is pinned to " + pinned);
      return Choice.of(index, RouteReason.STICKY, "");
    }
    asking.step("session is pinned to " + pinned + ", which is out");
    return null;
  }

  private @Nullable Choice byRules() {
    List<PreferRule> rules = asking.body().selection().rules();
    for (int i = 0; i < rules.size(); i++) {
      PreferRule rule = rules.get(i);
      if (rule.isPlainFallback() || !rule.match().holds(asking.facts())) {
        continue;
      }
      String ruleId = "rules[" + i + "]";
      asking.step(ruleId + " matches");
      for (int preferred : rule.prefer()) {
        if (candidates.isAvailable(preferred)) {
          return Choice.byRule(preferred, RouteReason.POLICY, ruleId);
        }
      }
      if (candidates.isAvailable(rule.fallback())) {
        return Choice.byRule(rule.fallback(), RouteReason.FALLBACK, ruleId);
      }
    }
    return null;
  }
}

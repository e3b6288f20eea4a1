package dev.reeve.routing;

import dev.reeve.routing.PolicyBody.Backoff;
import dev.reeve.routing.PolicyBody.Failover;
import dev.reeve.routing.PolicyBody.FallbackRule;
import dev.reeve.routing.PolicyBody.PreferRule;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Chooses who follows a failure, or who takes the call when nobody else could be chosen.
final class Failing {
  private static final double RETRY_AFTER_MS_MAX = 300_000;

  private final Asking asking;
  private final Candidates candidates;
  private final Failover failover;
  private final RandomGenerator random;

  Failing(Asking asking, Candidates candidates, RandomGenerator random) {
    this.asking = asking;
    this.candidates = candidates;
    this.failover = asking.body().failover();
    this.random = random;
  }

  /// What the policy says to a failure that the caller reports; null when it says nothing.
  @Nullable Choice afterReport(String status) {
    asking.step("failure reported: " + status);
    Choice byRule = byRules();
    if (byRule != null) {
      return byRule;
    }
    if (asking.facts().text("current_provider").isEmpty()) {
      return null;
    }
    Choice ordered = byOrder();
    if (ordered != null) {
      return ordered;
    }
    List<String> statuses = failover.legacyStatuses();
    boolean meant = statuses.isEmpty() || statuses.contains(status);
    return meant ? legacy(asking.currentProvider()) : null;
  }

  /// Who takes the call when nobody could be chosen; null when nobody can.
  @Nullable Choice whenNobodyIsLeft() {
    Choice choice = byRules();
    if (choice == null) {
      choice = byOrder();
    }
    if (choice == null) {
      choice = legacy(-1);
    }
    return choice == null ? lastResort() : choice;
  }

  private @Nullable Choice byRules() {
    List<FallbackRule> rules = failover.rules();
    for (int i = 0; i < rules.size(); i++) {
      FallbackRule rule = rules.get(i);
      if (rule.when().holds(asking.facts())) {
        String ruleId = "fallbacks[" + i + "]";
        asking.step(ruleId + " matches");
        Choice choice = byRule(rule, ruleId);
        if (choice != null) {
          return choice;
        }
      }
    }
    return null;
  }

  private @Nullable Choice byRule(FallbackRule rule, String ruleId) {
    int current = asking.currentProvider();
    int used = attemptsUsed();
    if (used < rule.retry() && mayAgain(current)) {
      RetryAdvice retry = new RetryAdvice(used + 1, rule.retry(), backoffMs(rule, used + 1));
      return new Choice(current, RouteReason.RETRY, "", ruleId, Optional.of(retry), false);
    }
    Choice ordered = byOrder();
    if (ordered != null) {
      return ordered;
    }
    return candidates.isAvailable(rule.to())
        ? Choice.byRule(rule.to(), RouteReason.FALLBACK, ruleId)
        : unavailable(rule.to());
  }

  /// Whether the provider that failed may be asked again. One that wants to be left alone may, for
  /// the wait before it is as long as it asked for.
  private boolean mayAgain(int current) {
    return candidates.isAvailable(current)
        || (current >= 0
            && candidates.verdict(current) == Verdict.COOLING_DOWN
            && asking.facts().number("retry_after_ms") > 0);
  }

  /// The request's own order, the provider that failed left out.
  private @Nullable Choice byOrder() {
    for (String id : asking.question().fallbackOrder()) {
      int index = candidates.targets().index(id);
      if (index != asking.currentProvider() && candidates.isAvailable(index)) {
        return Choice.byRule(index, RouteReason.FALLBACK, "request");
      }
    }
    return null;
  }

  private @Nullable Choice legacy(int failed) {
    int index = failover.legacy();
    if (index != failed && candidates.isAvailable(index)) {
      return Choice.byRule(index, RouteReason.FALLBACK, "fallback");
    }
    List<PreferRule> rules = asking.body().selection().rules();
    for (int i = 0; i < rules.size(); i++) {
      PreferRule rule = rules.get(i);
      if (rule.isPlainFallback()
          && rule.fallback() != failed
          && candidates.isAvailable(rule.fallback())) {
        return Choice.byRule(rule.fallback(), RouteReason.FALLBACK, "rules[" + i + "]");
      }
    }
    return unavailable(index);
  }

  private @Nullable Choice lastResort() {
    int index = failover.lastResort();
    boolean may = index >= 0 && candidates.requestVerdict(index) == Verdict.AVAILABLE;
    return may
        ? new Choice(index, RouteReason.FALLBACK, "", "last_resort", Optional.empty(), true)
        : null;
  }

  private @Nullable Choice unavailable(int index) {
    if (index >= 0 && asking.isExplained()) {
      asking.step(
          candidates.targets().at(index).id() + " is out: " + candidates.verdict(index).words());
    }
    return null;
  }

  private int attemptsUsed() {
    double used = asking.facts().number("retry_attempts_used");
    return used >= 0 ? (int) used : 0;
  }

  private long backoffMs(FallbackRule rule, int attempt) {
    Backoff backoff = rule.backoff();
    long waitMs =
        switch (backoff.growth()) {
          case EXPONENTIAL -> backoff.baseMs() << Math.min(attempt - 1, 20);
          case LINEAR -> backoff.baseMs() * attempt;
          case FIXED -> backoff.baseMs();
        };
    long tenth = waitMs / 10;
    if (backoff.jitter() && tenth > 0) {
      waitMs += random.nextLong(tenth);
    }
    // What the provider itself asked for goes before our own arithmetic.
    double asked = asking.facts().number("retry_after_ms");
    long capped = Math.min(waitMs, backoff.maxMs());
    return asked > capped ? (long) Math.min(asked, RETRY_AFTER_MS_MAX) : capped;
  }
}

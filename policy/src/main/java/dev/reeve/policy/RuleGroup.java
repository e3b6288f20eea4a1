package dev.reeve.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rules that are asked in a row: those of the floor, of one tier, of one scope. The first that
/// applies decides.
final class RuleGroup {
  private final String name;
  private final List<PolicyRule> rules;
  private final List<PolicyDecision> decisions;
  private final RuleIndex index;

  private RuleGroup(String name, List<PolicyRule> rules, String snapshot, boolean isForEverybody) {
    this.name = name;
    this.rules = List.copyOf(rules);
    this.decisions = rules.stream().map(rule -> RuleDecisions.of(rule, snapshot)).toList();
    this.index = RuleIndex.of(rules, isForEverybody);
  }

  /// Rules that every request meets.
  static RuleGroup ofEverybody(String name, List<PolicyRule> rules, String snapshot) {
    return new RuleGroup(name, rules, snapshot, true);
  }

  /// Rules of one job or one workflow.
  static RuleGroup ofScope(String name, List<PolicyRule> rules, String snapshot) {
    return new RuleGroup(name, rules, snapshot, false);
  }

  /// What it is called in traces.
  String name() {
    return name;
  }

  List<PolicyRule> rules() {
    return rules;
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  /// The decision of the first rule that applies; null when none does.
  @Nullable PolicyDecision decide(Evaluation evaluation) {
    int number = index.firstMatch(evaluation.probe(), -1);
    while (number != RuleIndex.NONE) {
      PolicyRule rule = rules.get(number);
      if (rule.isUnconditional()) {
        return decisions.get(number);
      }
      PolicyDecision decision = conditional(rule, decisions.get(number), evaluation);
      if (decision != null) {
        return decision;
      }
      number = index.firstMatch(evaluation.probe(), number);
    }
    return null;
  }

  private static @Nullable PolicyDecision conditional(
      PolicyRule rule, PolicyDecision decision, Evaluation evaluation) {
    if (rule.when().isPresent() && !evaluation.holds(rule)) {
      return null;
    }
    if (rule.velocity().isEmpty()) {
      return decision;
    }
    return switch (evaluation.velocity(rule)) {
      case WITHIN -> null;
      case EXCEEDED -> decision.withCode(ReasonCode.VELOCITY_EXCEEDED);
      case UNAVAILABLE ->
          decision.decision() == Decision.DENY
              ? decision.withCode(ReasonCode.VELOCITY_UNAVAILABLE)
              : decision
                  .with(Constraints.NONE, List.of())
                  .tightened(
                      Decision.REQUIRE_APPROVAL,
                      "velocity check unavailable",
                      rule.id(),
                      ReasonCode.VELOCITY_UNAVAILABLE);
    };
  }

  /// What each rule says of a request by its match alone, up to the one that decided.
  List<RuleTrace> trace(Evaluation evaluation, String decidedBy) {
    List<RuleTrace> traces = new ArrayList<>();
    for (int number = 0; number < rules.size(); number++) {
      PolicyRule rule = rules.get(number);
      boolean decided = rule.id().equals(decidedBy);
      traces.add(evaluation.trace(name, rule, index.rule(number), decided));
      if (decided) {
        break;
      }
    }
    return traces;
  }
}

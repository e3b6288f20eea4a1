package dev.reeve.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The rules about what comes in, in the order in which they are asked: job, workflow, the floor,
/// everybody. They run only on what may run so far, and only tighten.
final class InputRules {
  private record Compiled(InputRule rule, CompiledRule request) {}

  private final List<Compiled> rules;
  private final InputPolicy policy;
  private final RequireHuman requireHuman;

  InputRules(PolicyDocument.More more) {
    this.rules =
        more.inputRules().stream()
            .filter(InputRule::enabled)
            .sorted(Comparator.comparingInt(InputRules::order))
            .map(rule -> new Compiled(rule, CompiledRule.of(rule.match().ofRequest())))
            .toList();
    this.policy = more.inputPolicy();
    this.requireHuman = more.requireHuman();
  }

  private static int order(InputRule rule) {
    int global = rule.reach().invariant() ? 2 : 3;
    return switch (rule.reach().tier()) {
      case JOB -> 0;
      case WORKFLOW -> 1;
      case GLOBAL -> global;
    };
  }

  /// The decision, or a stricter one in its place.
  PolicyDecision apply(PolicyDecision decision, Evaluation evaluation) {
    if (rules.isEmpty() || !policy.enabled() || !decision.decision().permits()) {
      return decision;
    }
    InputLook look = new InputLook(evaluation, policy);
    for (Compiled compiled : rules) {
      InputRule rule = compiled.rule();
      if (!isInScope(rule, evaluation.input().facts().scope())
          || !compiled.request().matches(evaluation.probe())) {
        continue;
      }
      Optional<List<InputFinding>> findings = look.match(rule);
      if (findings.isPresent()) {
        return tightened(decision, rule, findings.get(), look.wasUnreadable());
      }
    }
    return decision;
  }

  /// What each input rule says by its match alone, up to the one that decided.
  List<RuleTrace> trace(Evaluation evaluation, String decidedBy) {
    List<RuleTrace> traces = new ArrayList<>();
    for (Compiled compiled : rules) {
      InputRule rule = compiled.rule();
      if (rule.id().equals(decidedBy)) {
        traces.add(new RuleTrace("input", rule.id(), RuleTrace.Outcome.DECIDED, ""));
        break;
      }
      String detail =
          isInScope(rule, evaluation.input().facts().scope())
              ? compiled.request().mismatch(evaluation.probe()).orElse("content")
              : "selector";
      traces.add(new RuleTrace("input", rule.id(), RuleTrace.Outcome.NO_MATCH, detail));
    }
    return traces;
  }

  private static boolean isInScope(InputRule rule, Scope scope) {
    Tier tier = rule.reach().tier();
    return switch (tier) {
      case GLOBAL -> true;
      case JOB -> rule.reach().selector().idsOf(tier).contains(scope.jobId());
      case WORKFLOW -> rule.reach().selector().idsOf(tier).contains(scope.workflowId());
    };
  }

  private PolicyDecision tightened(
      PolicyDecision decision, InputRule rule, List<InputFinding> findings, boolean unreadable) {
    String reason = rule.reason();
    if (reason.isEmpty()) {
      reason = findings.isEmpty() ? "input rule " + rule.id() : findings.getFirst().detail();
    }
    Decision stricter =
        rule.decision() == Decision.DENY && !rule.reach().invariant() && asksForPerson(findings)
            ? Decision.REQUIRE_APPROVAL
            : rule.decision();
    ReasonCode code = unreadable ? ReasonCode.INPUT_NOT_SCANNED : ReasonCode.INPUT_RULE_MATCHED;
    return decision.tightened(stricter, reason, rule.id(), code);
  }

  // No request of this contract describes its action, so each one is a prompt only.
  private boolean asksForPerson(List<InputFinding> findings) {
    if (requireHuman.downgradeWhenPromptOnly()) {
      return true;
    }
    return findings.stream()
        .anyMatch(finding ->
            finding.confidence() < requireHuman.minConfidenceForDeny()
                || requireHuman
                    .minSeverityForDeny()
                    .filter(floor -> finding.severity().compareTo(floor) < 0)
                    .isPresent());
  }
}

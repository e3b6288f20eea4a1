package dev.reeve.gateway.reeve;

import dev.reeve.policy.InputRule;
import dev.reeve.policy.OutputRule;
import dev.reeve.policy.PolicyDocument;
import dev.reeve.policy.PolicyRule;
import dev.reeve.wire.reeve.v1.RuleKind;
import dev.reeve.wire.reeve.v1.RuleSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The rules of a policy in a few words each.
final class RuleSummaries {
  private RuleSummaries() {}

  static List<RuleSummary> of(PolicyDocument document) {
    List<RuleSummary> out = new ArrayList<>();
    document.rules().forEach(rule -> out.add(of(rule)));
    document.more().inputRules().forEach(rule -> out.add(of(rule)));
    document.more().outputRules().forEach(rule -> out.add(of(rule)));
    return out;
  }

  private static RuleSummary of(PolicyRule rule) {
    return of(RuleKind.RULE_KIND_JOB, rule.id(), rule.decision().word(), rule.reason())
        .setTier(rule.reach().tier().word())
        .setInvariant(rule.reach().invariant())
        .setEnabled(true)
        .build();
  }

  private static RuleSummary of(InputRule rule) {
    return of(RuleKind.RULE_KIND_INPUT, rule.id(), rule.decision().word(), rule.reason())
        .setTier(rule.reach().tier().word())
        .setInvariant(rule.reach().invariant())
        .setSeverity(rule.severity().word())
        .setEnabled(rule.enabled())
        .build();
  }

  private static RuleSummary of(OutputRule rule) {
    return of(
            RuleKind.RULE_KIND_OUTPUT,
            rule.id(),
            rule.decision().name().toLowerCase(Locale.ROOT),
            rule.reason())
        .setSeverity(rule.severity().word())
        .setEnabled(rule.enabled())
        .build();
  }

  private static RuleSummary.Builder of(RuleKind kind, String id, String decision, String reason) {
    return RuleSummary.newBuilder().setKind(kind).setId(id).setDecision(decision).setReason(reason);
  }
}

package dev.reeve.policy;

import java.util.List;
import java.util.Optional;

/// What is to become of an output, and why.
///
/// @param action release, cut or hold back
/// @param reason words for people; empty when nothing is wrong
/// @param rule the rule that decided; empty when none did
/// @param snapshot id of the policy that decided; empty when there is none
/// @param findings what the verdict rests on
public record OutputVerdict(
    OutputRule.Action action,
    String reason,
    Optional<OutputRule> rule,
    String snapshot,
    List<OutputFinding> findings) {
  public OutputVerdict {
    findings = List.copyOf(findings);
  }

  /// Id of the rule that decided; empty when none did.
  public String ruleId() {
    return rule.map(OutputRule::id).orElse("");
  }

  /// The same finding, held back instead.
  public OutputVerdict quarantined(OutputFinding why) {
    List<OutputFinding> all = new java.util.ArrayList<>(findings);
    all.add(why);
    return new OutputVerdict(OutputRule.Action.QUARANTINE, why.detail(), rule, snapshot, all);
  }
}

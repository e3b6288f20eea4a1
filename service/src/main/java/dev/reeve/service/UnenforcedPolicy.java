package dev.reeve.service;

import dev.reeve.policy.DelegationMatch;
import dev.reeve.policy.DelegationPredicate;
import dev.reeve.policy.MatchTerm;
import dev.reeve.policy.PolicyDocument;
import dev.reeve.policy.PolicyRule;
import java.util.ArrayList;
import java.util.List;

/// What a policy asks for that this version reads and cannot enforce. A server that took such a
/// policy would let through what its author meant to stop, so it refuses it, whole.
public final class UnenforcedPolicy {
  private UnenforcedPolicy() {}

  /// The parts that would have no effect, each with its reason; empty when all of it is enforced.
  ///
  /// @param scanner whose detectors content rules may name
  public static List<String> partsOf(PolicyDocument document, SharedScanner scanner) {
    List<String> parts = new ArrayList<>();
    if (document.more().agents().isEmpty()) {
      document.rules().forEach(rule -> addParts(rule, parts));
    }
    parts.addAll(UnknownScanners.of(document, scanner));
    return List.copyOf(parts);
  }

  private static void addParts(PolicyRule rule, List<String> parts) {
    String place = "rule " + rule.id() + ": ";
    for (MatchTerm term : rule.match().terms()) {
      if (!isSeen(term)) {
        parts.add(
            place
                + "match."
                + term.key()
                + ": no agent is registered (expected: agents: in the policy)");
      }
    }
  }

  /// Whether there can be what the term looks at where no agents are registered. Every job is a
  /// direct call, so that what asks for a delegation is answered by that.
  private static boolean isSeen(MatchTerm term) {
    return switch (term) {
      case MatchTerm.ActorIds _,
          MatchTerm.LabelAllowlist _,
          MatchTerm.LabelThreshold _,
          MatchTerm.SecretsPresent _,
          MatchTerm.Mcp _,
          MatchTerm.PackIds _,
          MatchTerm.ActorTypes _,
          MatchTerm.Requires _,
          DelegationMatch _,
          DelegationPredicate _ ->
          true;
      case MatchTerm.AgentRiskTiers _, MatchTerm.AgentDataClassifications _ -> false;
    };
  }
}

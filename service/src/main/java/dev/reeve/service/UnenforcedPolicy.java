package dev.reeve.service;

import dev.reeve.policy.Constraints;
import dev.reeve.policy.DelegationMatch;
import dev.reeve.policy.DelegationPredicate;
import dev.reeve.policy.MatchTerm;
import dev.reeve.policy.PolicyDocument;
import dev.reeve.policy.PolicyRule;
import dev.reeve.policy.TenantPolicy;
import dev.reeve.policy.Tier;
import java.util.ArrayList;
import java.util.List;

/// What a policy asks for that this version reads and cannot enforce. A server that took such a
/// policy would let through what its author meant to stop, so it refuses it, whole.
public final class UnenforcedPolicy {
  private static final String NARROW = "jobs do not say their session or workflow yet";

  private UnenforcedPolicy() {}

  /// The parts that would have no effect, each with its reason; empty when all of it is enforced.
  public static List<String> partsOf(PolicyDocument document) {
    List<String> parts = new ArrayList<>();
    PolicyDocument.More more = document.more();
    if (!more.inputRules().isEmpty()) {
      parts.add("input_rules: policy does not see content yet");
    }
    if (more.tierDefaults().stream().anyMatch(given -> given.tier() != Tier.GLOBAL)) {
      parts.add("tier: " + NARROW);
    }
    document.rules().forEach(rule -> addParts(rule, parts));
    more.tenants().values().forEach(tenant -> addParts(tenant, parts));
    return List.copyOf(parts);
  }

  private static void addParts(PolicyRule rule, List<String> parts) {
    String place = "rule " + rule.id() + ": ";
    if (rule.reach().tier() != Tier.GLOBAL) {
      parts.add(place + "tier: " + NARROW);
    }
    for (MatchTerm term : rule.match().terms()) {
      if (!isSeen(term)) {
        parts.add(place + "match." + term.key() + ": jobs do not carry this yet");
      }
    }
    if (!isKept(rule.constraints())) {
      parts.add(place + "constraints: only max_runtime_ms and max_retries are kept yet");
    }
  }

  private static void addParts(TenantPolicy tenant, List<String> parts) {
    if (tenant.maxConcurrentJobs() > 0) {
      parts.add(
          "tenants."
              + tenant.name()
              + ".max_concurrent_jobs: limits.tenants of the configuration does this");
    }
  }

  /// Whether a job carries what the term looks at: its labels, its tags, its principal.
  private static boolean isSeen(MatchTerm term) {
    return switch (term) {
      case MatchTerm.ActorIds _,
          MatchTerm.LabelAllowlist _,
          MatchTerm.LabelThreshold _,
          MatchTerm.SecretsPresent _,
          MatchTerm.Mcp _ ->
          true;
      case MatchTerm.PackIds _,
          MatchTerm.ActorTypes _,
          MatchTerm.Requires _,
          MatchTerm.AgentRiskTiers _,
          MatchTerm.AgentDataClassifications _,
          DelegationMatch _,
          DelegationPredicate _ ->
          false;
    };
  }

  private static boolean isKept(Constraints asked) {
    Constraints.Budgets budgets = asked.budgets();
    Constraints kept =
        new Constraints(
            new Constraints.Budgets(budgets.maxRuntimeMs(), budgets.maxRetries(), 0, 0),
            Constraints.Sandbox.NONE,
            Constraints.Toolchain.NONE,
            Constraints.Diff.NONE,
            "");
    return asked.equals(kept);
  }
}

package dev.reeve.policy;

import java.util.List;

/// The keys of one kind of mapping in a policy file.
///
/// The format has more keys than are in force yet. Those are known by name, so that a file which
/// relies on them is refused rather than obeyed by half.
///
/// @param accepted keys that work
/// @param later keys of the format that come with governance
record PolicyKeys(List<String> accepted, List<String> later) {
  static final PolicyKeys FILE =
      new PolicyKeys(
          List.of("version", "default_tenant", "default_decision", "rules"),
          List.of(
              "input_policy",
              "input_rules",
              "output_policy",
              "output_rules",
              "require_human",
              "selector",
              "tenants",
              "tier"));

  static final PolicyKeys RULE =
      new PolicyKeys(
          List.of("id", "match", "decision", "reason"),
          List.of("constraints", "remediations", "selector", "tier", "velocity"));

  static final PolicyKeys MATCH =
      new PolicyKeys(
          List.of("tenants", "topics", "capabilities", "risk_tags", "labels"),
          List.of(
              "actor_ids",
              "actor_types",
              "agent_data_classifications",
              "agent_risk_tiers",
              "delegation",
              "label_allowlist",
              "label_threshold",
              "mcp",
              "pack_ids",
              "predicate",
              "requires",
              "secrets_present"));

  /// Decisions that come with governance.
  static final List<String> LATER_DECISIONS =
      List.of("allow_with_constraints", "allow-with-constraints", "throttle");
}

package dev.reeve.policy;

import java.util.List;
import java.util.Map;

/// Reads tier and selector of a rule; what a rule leaves open is taken from its file.
///
/// @param fileTier tier of the file
/// @param fileSelector selector of the file
record ReachReader(Tier fileTier, Selector fileSelector) {
  private static final Map<String, Tier> TIERS =
      Map.of("job", Tier.JOB, "workflow", Tier.WORKFLOW, "global", Tier.GLOBAL);
  private static final List<String> SELECTOR = List.of("workflow_id", "job_id", "session_id");

  /// The reader for the rules of a file.
  static ReachReader of(Section file) {
    PolicyRule.Reach own = new ReachReader(Tier.GLOBAL, Selector.NONE).reach(file);
    return new ReachReader(own.tier(), own.selector());
  }

  PolicyRule.Reach reach(Section rule) {
    Tier given = rule.choice("tier", TIERS, "global, workflow or job");
    Tier tier = given == null ? fileTier : given;
    Section own = rule.child("selector", SELECTOR);
    Selector selector =
        own == null
            ? fileSelector
            : new Selector(own.name("workflow_id"), own.name("job_id"), own.name("session_id"))
                .orElse(fileSelector);
    if (tier != Tier.GLOBAL && selector.idsOf(tier).isEmpty()) {
      rule.fault(
          "selector",
          tier == Tier.JOB
              ? "selects no job (expected: job_id or session_id with tier job)"
              : "selects no workflow (expected: workflow_id with tier workflow)");
    }
    return new PolicyRule.Reach(tier, selector, false);
  }
}

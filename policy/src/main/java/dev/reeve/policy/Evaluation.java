package dev.reeve.policy;

import dev.reeve.policy.RuleTrace.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request on its way through the rules. Used once, by one thread.
final class Evaluation {
  private final Probe probe;
  private final String tenant;
  private final PolicyContext context;
  private final List<VelocityCheck> checks = new ArrayList<>(0);
  private final Map<String, VelocityCounter.Standing> standings = new HashMap<>(0);

  Evaluation(PolicyInput input, String tenant, PolicyContext context) {
    this.probe = Probe.of(input, tenant);
    this.tenant = tenant;
    this.context = context;
  }

  Probe probe() {
    return probe;
  }

  PolicyInput input() {
    return probe.input();
  }

  PolicyContext context() {
    return context;
  }

  /// Counts that were asked so far.
  List<VelocityCheck> checks() {
    return checks;
  }

  /// Whether the condition of a rule lets it decide. A condition without an answer counts as met by
  /// a rule that restricts and as not met by one that permits.
  boolean holds(PolicyRule rule) {
    return rule.when()
        .map(when ->
            switch (when.evaluate(input(), tenant)) {
              case TRUE -> true;
              case FALSE -> false;
              case FAILED -> !rule.decision().permits();
            })
        .orElse(true);
  }

  /// What the count of a rule says; a rule whose key has an empty part is passed over.
  VelocityCounter.Standing velocity(PolicyRule rule) {
    Velocity velocity = rule.velocity().orElseThrow();
    Optional<VelocityCheck> check = velocity.checkFor(rule.id(), input(), probe.tenant());
    if (check.isEmpty()) {
      return VelocityCounter.Standing.WITHIN;
    }
    VelocityCounter.Standing known = standings.get(check.get().key());
    if (known != null) {
      return known;
    }
    VelocityCounter.Standing standing = context.velocity().count(check.get());
    standings.put(check.get().key(), standing);
    checks.add(check.get().answered(standing == VelocityCounter.Standing.EXCEEDED));
    return standing;
  }

  /// What a rule says of the request; the counts are those of the decision before.
  RuleTrace trace(String group, PolicyRule rule, CompiledRule compiled, boolean decided) {
    if (decided) {
      return new RuleTrace(group, rule.id(), Outcome.DECIDED, "");
    }
    Optional<String> mismatch = compiled.mismatch(probe);
    if (mismatch.isPresent()) {
      return new RuleTrace(group, rule.id(), Outcome.NO_MATCH, mismatch.get());
    }
    if (!holds(rule)) {
      return new RuleTrace(group, rule.id(), Outcome.PASSED_OVER, "when");
    }
    if (rule.velocity().isPresent() && velocity(rule) == VelocityCounter.Standing.WITHIN) {
      return new RuleTrace(group, rule.id(), Outcome.PASSED_OVER, "velocity");
    }
    return new RuleTrace(group, rule.id(), Outcome.OVERRULED, "");
  }
}

package dev.reeve.service.decider;

import dev.reeve.policy.Constraints;
import dev.reeve.policy.Decision;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.ReasonCode;
import java.util.List;
import java.util.Optional;

/// The stricter of our decision and another's. What the other contributed is named with `remote:`
/// before its rule and snapshot.
final class Stricter {
  static final String REMOTE = "remote:";
  private static final String DEFAULT_RULE = "default";

  private Stricter() {}

  /// @param ours a decision that permits or holds
  static PolicyDecision of(PolicyDecision ours, PolicyDecision theirs) {
    String snapshot = joined(ours.snapshot(), marked(theirs.snapshot()));
    return switch (theirs.decision()) {
      case DENY, THROTTLE -> taken(ours, theirs, snapshot, Constraints.NONE);
      case ALLOW, ALLOW_WITH_CONSTRAINTS, REQUIRE_APPROVAL -> {
        Optional<Constraints> both =
            StricterConstraints.of(ours.constraints(), theirs.constraints());
        yield both.isEmpty()
            ? atOdds(ours, theirs, snapshot)
            : within(ours, theirs, both.get(), snapshot);
      }
    };
  }

  private static PolicyDecision within(
      PolicyDecision ours, PolicyDecision theirs, Constraints limits, String snapshot) {
    if (theirs.decision() == Decision.REQUIRE_APPROVAL && ours.decision().permits()) {
      return taken(ours, theirs, snapshot, limits);
    }
    boolean tighter = !limits.equals(ours.constraints());
    return new PolicyDecision(
        ours.decision() == Decision.ALLOW && !limits.isEmpty()
            ? Decision.ALLOW_WITH_CONSTRAINTS
            : ours.decision(),
        ours.reason(),
        tighter ? joined(ours.ruleId(), ruleOf(theirs)) : ours.ruleId(),
        snapshot,
        ours.code(),
        limits,
        ours.remediations(),
        ours.velocity());
  }

  private static PolicyDecision taken(
      PolicyDecision ours, PolicyDecision theirs, String snapshot, Constraints limits) {
    return new PolicyDecision(
        theirs.decision(),
        theirs.reason(),
        ruleOf(theirs),
        snapshot,
        ReasonCode.OTHER_DECIDER,
        limits,
        theirs.remediations(),
        ours.velocity());
  }

  /// Two sets of limits that leave nothing in common.
  private static PolicyDecision atOdds(
      PolicyDecision ours, PolicyDecision theirs, String snapshot) {
    return new PolicyDecision(
        Decision.DENY,
        "the limits of two deciders leave nothing in common",
        ruleOf(theirs),
        snapshot,
        ReasonCode.OTHER_DECIDER,
        Constraints.NONE,
        List.of(),
        ours.velocity());
  }

  private static String ruleOf(PolicyDecision theirs) {
    return REMOTE + (theirs.ruleId().isEmpty() ? DEFAULT_RULE : theirs.ruleId());
  }

  private static String marked(String snapshot) {
    return snapshot.isEmpty() ? "" : REMOTE + snapshot;
  }

  private static String joined(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + " " + other;
  }
}

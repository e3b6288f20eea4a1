package dev.reeve.service.decider;

import dev.reeve.policy.Decision;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Our policy's decision and then, unless it is a no already, that of another decider: the stricter
/// of the two holds. The other can take back and never give.
public final class PolicyChain {
  /// Nobody else is asked.
  public static final PolicyChain OURS_ALONE = new PolicyChain(Optional.empty());

  private static final Duration OUTAGE_RETRY = Duration.ofSeconds(5);

  private record Other(DeciderLink link, PolicyDecider decider, FailModes failModes) {}

  private final Optional<Other> other;

  private PolicyChain(Optional<Other> other) {
    this.other = other;
  }

  /// Asks this decider too.
  public static PolicyChain then(DeciderLink link, PolicyDecider decider, FailModes failModes) {
    return new PolicyChain(Optional.of(new Other(link, decider, failModes)));
  }

  /// Whether there is another decider at all.
  public boolean hasOther() {
    return other.isPresent();
  }

  /// Whether the other decider has a say in it, so that [#decide] would block.
  public boolean asksAfter(PolicyDecision ours) {
    return other.isPresent() && mayStillRun(ours.decision());
  }

  /// Decides. Blocks while the other decider is asked; otherwise answers at once.
  public Ruling decide(PolicyDecision ours, PolicyInput input) {
    if (other.isEmpty() || !mayStillRun(ours.decision())) {
      return new Ruling.Decided(ours);
    }
    Other asked = other.get();
    return switch (asked.link().ask(() -> asked.decider().decide(input))) {
      case DeciderAnswer.Decided<PolicyDecision>(PolicyDecision theirs) ->
          new Ruling.Decided(Stricter.of(ours, theirs));
      case DeciderAnswer.Outage<PolicyDecision>(String reason) ->
          unheard(asked, ours, input.tenant(), reason);
      case DeciderAnswer.Withdrawn<PolicyDecision>(var problem) -> new Ruling.Undecided(problem);
    };
  }

  /// How the other decider stands; empty when there is none.
  public List<DeciderStatus> statuses() {
    return other.stream().map(o -> o.link().status(o.failModes().others())).toList();
  }

  private static Ruling unheard(Other asked, PolicyDecision ours, String tenant, String reason) {
    String name = asked.link().name();
    return switch (asked.failModes().of(tenant)) {
      case OPEN -> new Ruling.Bypassed(ours, name, reason);
      case CLOSED ->
          new Ruling.Undecided(
              DeciderProblems.DECIDER_UNAVAILABLE
                  .because(
                      "the decider " + name + " does not answer, and nothing is decided without it")
                  .withDetail(reason)
                  .with("decider", name)
                  .withRetryAfter(OUTAGE_RETRY));
    };
  }

  private static boolean mayStillRun(Decision ours) {
    return switch (ours) {
      case ALLOW, ALLOW_WITH_CONSTRAINTS, REQUIRE_APPROVAL -> true;
      case DENY, THROTTLE -> false;
    };
  }
}

package dev.reeve.service;

import dev.reeve.governance.cdi.CdiProblems;
import dev.reeve.governance.cdi.CdiResult;
import dev.reeve.governance.cdi.Consent;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.policy.Decision;
import dev.reeve.policy.PolicyDecision;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What was said against jobs on somebody's behalf: a stop ends them, a pause lets them wait. Safe
/// on any thread.
public final class JobConsent {
  /// Nobody said anything.
  public static final JobConsent GIVEN =
      new JobConsent(() -> Consent.NONE, InstantSource.fixed(java.time.Instant.EPOCH));

  /// Both names under which a job may be asked for.
  private static final List<String> PURPOSES = List.of("action:job:submit", "action:job:run");

  private final Supplier<Consent> standing;
  private final InstantSource clock;

  /// @param standing what stands now; from memory
  public JobConsent(Supplier<Consent> standing, InstantSource clock) {
    this.standing = standing;
    this.clock = clock;
  }

  /// Why jobs of a principal may not run now; a stop before a pause.
  Optional<CdiResult> objection(String tenant, String principal) {
    Consent consent = standing.get();
    long now = Times.micros(clock.instant());
    Optional<CdiResult> found = Optional.empty();
    for (String purpose : PURPOSES) {
      Optional<CdiResult> one =
          consent.refusal(principal, new ConsentScope(tenant, principal, purpose), now);
      if (one.isPresent() && (found.isEmpty() || isStop(one.get()))) {
        found = one;
      }
    }
    return found;
  }

  /// The decision, or a stricter one.
  PolicyDecision heeding(PolicyDecision decision, String tenant, String principal) {
    if (decision.decision() == Decision.DENY) {
      return decision;
    }
    return objection(tenant, principal)
        .map(result ->
            new PolicyDecision(
                isStop(result) ? Decision.DENY : Decision.THROTTLE,
                result.reason(),
                result.rule(),
                decision.snapshot()))
        .orElse(decision);
  }

  private static boolean isStop(CdiResult result) {
    return result.refusal().filter(CdiProblems.CONSENT_STOP_ACTIVE::equals).isPresent();
  }
}

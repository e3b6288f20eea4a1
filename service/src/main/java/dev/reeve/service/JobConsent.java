package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.governance.cdi.CdiProblems;
import dev.reeve.governance.cdi.CdiResult;
import dev.reeve.governance.cdi.Consent;
import dev.reeve.governance.cdi.ConsentScope;
import dev.reeve.job.Origin;
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

  /// Why jobs of this origin may not run now; a stop before a pause. Asked for the principal and
  /// for the client that brought the job, by the name that it gives itself.
  Optional<CdiResult> objection(String tenant, Origin origin) {
    Consent consent = standing.get();
    Optional<CdiResult> found = objection(consent, tenant, origin.principal());
    return origin.clientId().isEmpty() || found.filter(JobConsent::isStop).isPresent()
        ? found
        : stricter(found, objection(consent, tenant, origin.clientId()));
  }

  private static Optional<CdiResult> stricter(Optional<CdiResult> one, Optional<CdiResult> other) {
    return other.filter(JobConsent::isStop).isPresent() ? other : one.or(() -> other);
  }

  private Optional<CdiResult> objection(Consent consent, String tenant, String actor) {
    long now = Times.micros(clock.instant());
    Optional<CdiResult> found = Optional.empty();
    for (String purpose : PURPOSES) {
      Optional<CdiResult> one =
          consent.refusal(actor, new ConsentScope(tenant, actor, purpose), now);
      if (one.isPresent() && (found.isEmpty() || isStop(one.get()))) {
        found = one;
      }
    }
    return found;
  }

  /// The decision, or a stricter one.
  PolicyDecision heeding(PolicyDecision decision, String tenant, Origin origin) {
    if (decision.decision() == Decision.DENY) {
      return decision;
    }
    return objection(tenant, origin)
        .map(result ->
            new PolicyDecision(
                isStop(result) ? Decision.DENY : Decision.THROTTLE,
                result.reason(),
                result.rule(),
                decision.snapshot()))
        .orElse(decision);
  }

  /// What whoever asks for a job is told.
  static Problem problem(CdiResult result) {
    return result
        .refusal()
        .orElseThrow()
        .because(result.reason())
        .with("station", "cdi.action")
        .with("rule_id", result.rule());
  }

  private static boolean isStop(CdiResult result) {
    return result.refusal().filter(CdiProblems.CONSENT_STOP_ACTIVE::equals).isPresent();
  }
}

package dev.reeve.gateway.cordum;

import dev.reeve.base.Identity;
import dev.reeve.gateway.PolicyCheckEncoder;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Answers of a safety check as they were made before. A policy gives the same object whenever a
/// rule decides alone, so most answers were; a decision that was made for one request has a new
/// answer made for it. Safe on any thread.
final class PolicyAnswers {
  private static final int KEPT_MAX = 1024;

  private record Made(PolicyDecision decision, PolicyCheckResponse answer) {}

  private final AtomicReferenceArray<Made> kept = new AtomicReferenceArray<>(KEPT_MAX);

  /// @param jobId of the request; what an approval refers to
  PolicyCheckResponse of(PolicyDecision decision, String jobId) {
    if (decision.approvalRequired()) {
      return PolicyCheckEncoder.encode(decision, jobId);
    }
    int place = System.identityHashCode(decision) & (KEPT_MAX - 1);
    Made known = kept.getAcquire(place);
    if (known != null && Identity.isSame(known.decision(), decision)) {
      return known.answer();
    }
    PolicyCheckResponse answer = PolicyCheckEncoder.encode(decision, jobId);
    if (decision.velocity().isEmpty()) {
      kept.setRelease(place, new Made(decision, answer));
    }
    return answer;
  }
}

package dev.reeve.service;

import dev.reeve.base.CanonicalWriter;
import dev.reeve.job.Grant;
import dev.reeve.job.RetryPolicy;
import dev.reeve.job.RunLimits;
import dev.reeve.policy.Constraints;
import dev.reeve.policy.PolicyDecision;

/// The introduction of policy constraints to jobs: what was asked for, and no more than the rule
/// grants.
final class ConstrainedLimits {
  private static final long MICROS_PER_MILLI = 1000;
  private static final long RUN_MS_MAX = CanonicalWriter.INTEGER_MAX / MICROS_PER_MILLI;

  private ConstrainedLimits() {}

  /// What a decision grants in the job's own words.
  static Grant grant(PolicyDecision decision, ApprovalTerms terms) {
    return grant(decision.constraints(), decision.approvalRequired() ? terms.required() : 0);
  }

  /// @param approvals persons who must approve; 0 for one
  static Grant grant(Constraints constraints, int approvals) {
    if (constraints.isEmpty()) {
      return approvals <= 1 ? Grant.NONE : new Grant(0, 0, 0, 0, approvals, "", 0);
    }
    Constraints.Budgets budgets = constraints.budgets();
    return new Grant(
        Math.min(budgets.maxRuntimeMs(), RUN_MS_MAX) * MICROS_PER_MILLI,
        budgets.maxRetries() == 0
            ? 0
            : Math.min(budgets.maxRetries(), RetryPolicy.ATTEMPTS_MAX) + 1,
        Math.min(budgets.maxArtifactBytes(), CanonicalWriter.INTEGER_MAX),
        budgets.maxConcurrentJobs(),
        approvals <= 1 ? 0 : approvals,
        ConstraintsJson.of(constraints),
        0);
  }

  static RunLimits of(RunLimits asked, Grant grant) {
    return new RunLimits(
        asked.deadlineAtMicros(),
        least(asked.runTimeoutMicros(), grant.runTimeoutMicros()),
        retry(asked.retry(), grant.attemptsMax()),
        asked.atMostOnce());
  }

  /// The smaller of two limits, where 0 is none.
  private static long least(long one, long other) {
    return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
  }

  private static RetryPolicy retry(RetryPolicy asked, int attemptsMax) {
    return attemptsMax == 0 || asked.attemptsMax() <= attemptsMax
        ? asked
        : new RetryPolicy(
            attemptsMax, asked.baseDelayMicros(), asked.delayMaxMicros(), asked.elapsedMaxMicros());
  }
}

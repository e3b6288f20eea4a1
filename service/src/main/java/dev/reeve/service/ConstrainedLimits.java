package dev.reeve.service;

import dev.reeve.base.CanonicalWriter;
import dev.reeve.job.RetryPolicy;
import dev.reeve.job.RunLimits;
import dev.reeve.policy.Constraints;

/// The introduction of policy constraints to jobs: what was asked for, and no more than the rule
/// grants.
final class ConstrainedLimits {
  private static final long MICROS_PER_MILLI = 1000;
  private static final long RUN_MS_MAX = CanonicalWriter.INTEGER_MAX / MICROS_PER_MILLI;

  private ConstrainedLimits() {}

  static RunLimits of(RunLimits asked, Constraints constraints) {
    Constraints.Budgets budgets = constraints.budgets();
    long grantedMicros = Math.min(budgets.maxRuntimeMs(), RUN_MS_MAX) * MICROS_PER_MILLI;
    return new RunLimits(
        asked.deadlineAtMicros(),
        least(asked.runTimeoutMicros(), grantedMicros),
        retry(asked.retry(), budgets.maxRetries()),
        asked.atMostOnce());
  }

  /// The smaller of two limits, where 0 is none.
  private static long least(long one, long other) {
    return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
  }

  private static RetryPolicy retry(RetryPolicy asked, int retriesMax) {
    return retriesMax == 0 || asked.attemptsMax() - 1 <= retriesMax
        ? asked
        : new RetryPolicy(retriesMax + 1, asked.baseDelayMicros(), asked.delayMaxMicros());
  }
}

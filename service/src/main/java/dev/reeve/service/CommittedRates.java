package dev.reeve.service;

import dev.reeve.engine.RateWindows;
import dev.reeve.job.RateCheck;
import dev.reeve.policy.VelocityCheck;
import dev.reeve.policy.VelocityCounter;
import java.time.InstantSource;
import java.util.List;

/// The introduction of policy to what the writer has counted. It only looks: the writer counts, in
/// the commit of the decision, and refuses a permit whose counts are not true any more.
final class CommittedRates implements VelocityCounter {
  /// For a job that was admitted: rates are about submits, and its own was counted.
  static final VelocityCounter ALREADY_COUNTED = _ -> Standing.WITHIN;

  private static final long MICROS_PER_SECOND = 1_000_000;

  private final RateWindows rates;
  private final InstantSource clock;

  CommittedRates(RateWindows rates, InstantSource clock) {
    this.rates = rates;
    this.clock = clock;
  }

  @Override
  public Standing count(VelocityCheck check) {
    return rates.exceeds(check(check), Times.micros(clock.instant()))
        ? Standing.EXCEEDED
        : Standing.WITHIN;
  }

  static List<RateCheck> checks(List<VelocityCheck> counts) {
    return counts.stream().map(CommittedRates::check).toList();
  }

  private static RateCheck check(VelocityCheck check) {
    return new RateCheck(
        check.key(),
        check.member(),
        check.maxRequests(),
        check.windowSeconds() * MICROS_PER_SECOND,
        check.exceeded());
  }
}

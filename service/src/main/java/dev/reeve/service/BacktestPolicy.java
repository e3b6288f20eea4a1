package dev.reeve.service;

import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Job;
import dev.reeve.job.Verdict;
import dev.reeve.job.Work;
import dev.reeve.policy.Decision;
import dev.reeve.policy.InputScanner;
import dev.reeve.policy.PolicyBacktest;
import dev.reeve.policy.PolicyContext;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.SimulatedDecision;
import dev.reeve.policy.VelocityCounter;
import java.util.List;
import java.util.Optional;

/// Decides past jobs by a candidate and compares with what was decided at the time. Blocks; belongs
/// on a virtual thread.
///
/// Nothing is counted, so rules with velocity are passed over; content may be gone and is not
/// looked into. A rule that stands and falls with either is not tried by this.
public final class BacktestPolicy {
  private static final int BATCH = 256;
  private static final VelocityCounter NOT_COUNTED = _ -> VelocityCounter.Standing.WITHIN;

  /// Which jobs are tried.
  ///
  /// @param tenant only this tenant's; empty for all
  /// @param fromMicros submitted from then on
  /// @param toMicros submitted before then
  public record Range(Optional<String> tenant, long fromMicros, long toMicros) {}

  private final JobArchive archive;
  private final JobReader reader;

  /// @param archive past jobs
  /// @param reader makes views of them
  public BacktestPolicy(JobArchive archive, JobReader reader) {
    this.archive = archive;
    this.reader = reader;
  }

  /// Tries every job of the range that is kept.
  ///
  /// @param flipsMax most flips that are kept whole
  /// @throws dev.reeve.base.ProblemException when the store cannot be read
  public PolicyBacktest run(PolicySnapshot candidate, Range range, int flipsMax) {
    PolicyBacktest result = new PolicyBacktest(flipsMax);
    PolicyContext context = new PolicyContext(NOT_COUNTED, InputScanner.NONE);
    long cursor = Long.MAX_VALUE;
    try {
      while (true) {
        List<StoredJob> rows = archive.list(range.tenant(), cursor, BATCH);
        for (StoredJob row : rows) {
          cursor = row.jobNo();
          JobView view = reader.view(row);
          long submitted = view.admission().spec().createdAtMicros();
          if (submitted >= range.fromMicros() && submitted < range.toMicros()) {
            PolicyDecision after = candidate.decide(input(view), context);
            result.add(
                view.job().key().jobId(),
                new SimulatedDecision(
                    view.job().key().tenant(), recorded(view.job(), after.decision()), after));
          }
        }
        if (rows.size() < BATCH) {
          return result;
        }
      }
    } catch (StoreException e) {
      throw JobReader.unavailable(e).toException();
    }
  }

  private static PolicyInput input(JobView view) {
    Work work = view.admission().spec().work();
    return new PolicyInput(
        view.job().key().tenant(),
        work.topic(),
        work.capability(),
        work.riskTags(),
        work.labels(),
        view.job().header().origin().principal());
  }

  /// What was decided at the time. Whether constraints came with a permission is not recorded, so
  /// one is taken for the other.
  private static PolicyDecision recorded(Job job, Decision after) {
    Verdict verdict = job.verdict();
    Decision decision =
        switch (verdict.decision()) {
          case ALLOW -> after.permits() ? after : Decision.ALLOW;
          case DENY -> Decision.DENY;
          case REQUIRE_APPROVAL -> Decision.REQUIRE_APPROVAL;
          case THROTTLE -> Decision.THROTTLE;
        };
    return new PolicyDecision(
        decision, decision.permits() ? "" : verdict.reason(), verdict.ruleId(), verdict.snapshot());
  }
}

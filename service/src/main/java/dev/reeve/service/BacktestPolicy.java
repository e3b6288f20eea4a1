package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Content;
import dev.reeve.job.Job;
import dev.reeve.job.Verdict;
import dev.reeve.policy.Decision;
import dev.reeve.policy.InputContent;
import dev.reeve.policy.InputRule;
import dev.reeve.policy.PolicyBacktest;
import dev.reeve.policy.PolicyContext;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.PolicySnapshot;
import dev.reeve.policy.Scope;
import dev.reeve.policy.SimulatedDecision;
import dev.reeve.policy.VelocityCounter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides past jobs by a candidate and compares with what was decided at the time. Blocks; belongs
/// on a virtual thread.
///
/// The candidate sees what it would have seen at the submit, content included, as long as that is
/// stored: a job that was denied has none. What was denied for its content by a rule that the
/// candidate has too is taken to be denied by it again. Nothing is counted, so rules with velocity
/// are passed over.
public final class BacktestPolicy {
  private static final int BATCH = 256;
  private static final VelocityCounter NOT_COUNTED = _ -> VelocityCounter.Standing.WITHIN;

  /// Which jobs are tried.
  ///
  /// @param tenant only this tenant's; empty for all
  /// @param fromMicros submitted from then on
  /// @param toMicros submitted before then
  public record Range(Optional<String> tenant, long fromMicros, long toMicros) {
    private boolean holds(long micros) {
      return micros >= fromMicros && micros < toMicros;
    }
  }

  /// What came of it.
  ///
  /// @param tried counts by tenant, and the first flips
  /// @param withoutContent jobs whose content is not stored any more, if the candidate looks into
  ///   content: what it says of these may be milder than it would have been
  public record Result(PolicyBacktest tried, long withoutContent) {}

  private final JobArchive archive;
  private final JobReader reader;
  private final SharedScanner scanner;

  /// @param archive past jobs
  /// @param reader makes views of them
  /// @param scanner looks into their content for input rules
  public BacktestPolicy(JobArchive archive, JobReader reader, SharedScanner scanner) {
    this.archive = archive;
    this.reader = reader;
    this.scanner = scanner;
  }

  /// Tries every job of the range that is kept.
  ///
  /// @param flipsMax most flips that are kept whole
  /// @throws dev.reeve.base.ProblemException when the store cannot be read
  public Result run(PolicySnapshot candidate, Range range, int flipsMax) {
    Run run = new Run(candidate, new PolicyBacktest(flipsMax));
    long cursor = Long.MAX_VALUE;
    try {
      while (true) {
        List<StoredJob> rows = archive.list(range.tenant(), cursor, BATCH);
        for (StoredJob row : rows) {
          cursor = row.jobNo();
          JobView view = reader.view(row);
          if (range.holds(view.admission().spec().createdAtMicros())) {
            run.add(view);
          }
        }
        if (rows.size() < BATCH) {
          return new Result(run.tried, run.withoutContent);
        }
      }
    } catch (StoreException e) {
      throw JobReader.unavailable(e).toException();
    }
  }

  /// One backtest on its way.
  private final class Run {
    private final PolicySnapshot candidate;
    private final PolicyBacktest tried;
    private final boolean readsContent;
    private final Set<String> inputRules;
    private long withoutContent;

    private Run(PolicySnapshot candidate, PolicyBacktest tried) {
      this.candidate = candidate;
      this.tried = tried;
      this.inputRules =
          candidate.document().more().inputRules().stream()
              .filter(InputRule::enabled)
              .map(InputRule::id)
              .collect(Collectors.toSet());
      this.readsContent = !candidate.document().more().inputRules().isEmpty();
    }

    private void add(JobView view) {
      Content content = view.admission().spec().payload();
      Bytes payload = readsContent ? reader.payload(view) : Bytes.EMPTY;
      boolean gone = readsContent && payload.isEmpty() && content.sizeBytes() > 0;
      withoutContent += gone ? 1 : 0;
      PolicyDecision said =
          decide(
              JobQuestion.of(view.admission().spec(), payload)
                  .withContent(
                      new InputContent(payload, content.contentType(), content.sizeBytes())));
      PolicyDecision before = recorded(view.job(), said.decision());
      PolicyDecision after = gone && wouldFindAgain(before, said) ? before : said;
      tried.add(
          view.job().key().jobId(),
          new SimulatedDecision(view.job().key().tenant(), before, after));
    }

    private boolean wouldFindAgain(PolicyDecision before, PolicyDecision said) {
      return said.decision().permits() && inputRules.contains(before.ruleId());
    }

    /// As a job is decided: what its labels claim can only tighten.
    private PolicyDecision decide(PolicyInput input) {
      PolicyDecision claimed = candidate.decide(input, context());
      if (input.facts().scope().equals(Scope.NONE)) {
        return claimed;
      }
      PolicyDecision plain = candidate.decide(JobQuestion.withoutScope(input), context());
      return RulesInForce.stricter(claimed, plain);
    }

    private PolicyContext context() {
      return new PolicyContext(NOT_COUNTED, scanner.forRequest());
    }
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

package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.Answer;
import dev.reeve.engine.EngineProblems;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.engine.WriterView;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.governance.cdi.Consent;
import dev.reeve.job.Admission;
import dev.reeve.job.AdmissionCodec;
import dev.reeve.job.Content;
import dev.reeve.job.Grant;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobSpec;
import dev.reeve.job.JobState;
import dev.reeve.job.Verdict;
import dev.reeve.ledger.Receipt;
import dev.reeve.policy.PolicyInput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks policy again about every unfinished job when the rules change, and at a start.
///
/// It reads and decides on blocking threads; the writer gets what is said in small groups, so that
/// a change of rules under a long queue delays nobody. Until a job was asked about it does not
/// start, and one that could start is asked about ahead of the others. Rates are about submits: a
/// job that was admitted is not counted again.
public final class ReconsiderJobs implements RulesInForce.Listener {
  private static final Logger log = LoggerFactory.getLogger(ReconsiderJobs.class);
  private static final String ACTION = "action:job:reconsider";
  private static final int JOBS_AT_ONCE = 64;
  private static final Duration THROTTLE_RETRY = Duration.ofSeconds(5);

  /// A pause ends by a signal or by its time, and both ask at once.
  private static final Duration PAUSE_RETRY = Duration.ofDays(1);

  private static final long TROUBLE_RETRY_MILLIS = 500;

  private final Writer writer;
  private final RulesInForce rules;
  private final JobArchive archive;
  private final ApprovalTerms terms;
  private final InstantSource clock;
  private final Executor blocking;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile boolean wanted;

  /// @param blocking runs what reads the archive
  public ReconsiderJobs(
      Writer writer,
      RulesInForce rules,
      JobArchive archive,
      ApprovalTerms terms,
      InstantSource clock,
      Executor blocking) {
    this.writer = writer;
    this.rules = rules;
    this.archive = archive;
    this.terms = terms;
    this.clock = clock;
    this.blocking = blocking;
  }

  /// Asks about the jobs that are there, and from now on whenever the rules change. Called before
  /// the writer drains.
  public void start() {
    rules.listen(this);
    changed();
  }

  /// Whether a job waits because of a pause, not because policy said "not now": the state of a job
  /// does not say, and only a pause sets a time so far away.
  static boolean isOfPause(JobState.Throttled throttled, Instant now) {
    return throttled.retryAtMicros() > Times.micros(now.plus(THROTTLE_RETRY));
  }

  @Override
  public void changed() {
    wanted = true;
    if (running.compareAndSet(false, true)) {
      blocking.execute(this::run);
    }
  }

  @Override
  public void asked(long jobNo) {
    blocking.execute(() -> askAbout(jobNo));
  }

  private void run() {
    while (wanted) {
      wanted = false;
      try {
        reconsiderAll();
      } catch (StoreException | CompletionException e) {
        log.warn("jobs not decided again yet reason={}", e.getMessage());
        later(this::run);
        wanted = true;
        return;
      }
    }
    running.set(false);
    if (wanted) {
      changed();
    }
  }

  /// One pass. Ends early when the rules change meanwhile, because another pass follows.
  private void reconsiderAll() throws StoreException {
    WriterView.Rules known = knownRules();
    List<Job> jobs =
        writer
            .table()
            .all()
            .filter(job -> !job.isFinished() && job.jobNo() < known.belowJobNo())
            .sorted(Comparator.comparingLong(Job::jobNo))
            .toList();
    List<LogCommand.Judge.Judged> batch = new ArrayList<>(JOBS_AT_ONCE);
    for (int i = 0; i < jobs.size(); i++) {
      long jobNo = jobs.get(i).jobNo();
      Optional<LogCommand.Judge.Judged> judged =
          isDecidedBySame(jobs.get(i))
              ? Optional.of(nothing(jobNo))
              : judge(jobNo, known.generation());
      if (judged.isEmpty()) {
        wanted = true;
        return;
      }
      batch.add(judged.get());
      boolean last = i == jobs.size() - 1;
      if (batch.size() == JOBS_AT_ONCE || last) {
        if (!tell(known.generation(), batch, last ? known.belowJobNo() - 1 : jobNo)) {
          wanted = true;
          return;
        }
        batch.clear();
      }
    }
    if (jobs.isEmpty()) {
      wanted |= !tell(known.generation(), List.of(), known.belowJobNo() - 1);
    }
  }

  /// What a policy says of a job is always the same, except "not now"; the word of another decider
  /// stands until ours changes.
  private boolean isDecidedBySame(Job job) {
    String ours = rules.snapshotId();
    String decidedBy = job.verdict().snapshot();
    return (decidedBy.equals(ours) || decidedBy.startsWith(ours + " "))
        && !(job.state() instanceof JobState.Throttled)
        && rules.objection(job.key().tenant(), job.header().origin()).isEmpty();
  }

  private void askAbout(long jobNo) {
    try {
      long generation = rules.current();
      Optional<LogCommand.Judge.Judged> judged = judge(jobNo, generation);
      if (judged.isPresent() && tell(generation, List.of(judged.get()), 0)) {
        return;
      }
    } catch (StoreException | CompletionException e) {
      log.warn("job not decided again yet job_no={} reason={}", jobNo, e.getMessage());
    }
    later(() -> askAbout(jobNo));
  }

  /// What policy says of a job now; empty when the rules are not of that generation any more.
  private Optional<LogCommand.Judge.Judged> judge(long jobNo, long generation)
      throws StoreException {
    Optional<StoredJob> stored = archive.find(jobNo);
    if (stored.isEmpty() || stored.get().isFinished()) {
      return Optional.of(nothing(jobNo));
    }
    Admission admission;
    Bytes payload;
    try {
      admission = AdmissionCodec.read(stored.get().admission());
      payload = rules.readsContent() ? payload(jobNo, admission) : Bytes.EMPTY;
    } catch (CanonicalFormatException | StoreException.Damaged e) {
      log.error("job cannot be read, its dispatch will fail job_no={}", jobNo, e);
      return Optional.of(nothing(jobNo));
    }
    RulesInForce.Decided decided;
    try {
      decided = decided(admission, payload);
    } catch (ProblemException e) {
      throw new CompletionException(e);
    }
    return decided.generation() == generation
        ? Optional.of(judged(jobNo, admission, decided))
        : Optional.empty();
  }

  /// Whose job may not run by consent does not wait for the word of another decider.
  private RulesInForce.Decided decided(Admission admission, Bytes payload) {
    JobSpec spec = admission.spec();
    PolicyInput question = JobQuestion.of(spec, payload);
    RulesInForce.Decided decided =
        rules.objection(spec.key().tenant(), spec.origin()).isPresent()
            ? rules.decideJob(question, CommittedRates.ALREADY_COUNTED)
            : OtherDeciders.ask(rules, question, admission.verdict());
    return rules.heeding(decided, spec);
  }

  private LogCommand.Judge.Judged judged(
      long jobNo, Admission admission, RulesInForce.Decided decided) {
    Verdict verdict = Verdicts.of(decided.decision());
    Grant grant = ConstrainedLimits.grant(decided.decision(), terms);
    Instant now = clock.instant();
    Receipt receipt =
        Receipt.of(ACTION, decided.decision().decision().word())
            .withSubject(
                admission.spec().key().tenant(),
                admission.spec().key().jobId(),
                admission.spec().origin().principal())
            .withRule(verdict.ruleId(), verdict.reason(), verdict.snapshot());
    return new LogCommand.Judge.Judged(
        jobNo,
        Optional.of(
            new JobCommand.Judge(
                verdict,
                grant,
                Times.micros(
                    now.plus(
                        verdict.ruleId().equals(Consent.PAUSE_RULE)
                            ? PAUSE_RETRY
                            : THROTTLE_RETRY)),
                terms.expiresAtMicros(now))),
        receipt);
  }

  private static LogCommand.Judge.Judged nothing(long jobNo) {
    return new LogCommand.Judge.Judged(jobNo, Optional.empty(), Receipt.of(ACTION, "none"));
  }

  private Bytes payload(long jobNo, Admission admission) throws StoreException {
    Content content = admission.spec().payload();
    return content.sizeBytes() == 0
        ? Bytes.EMPTY
        : archive.payload(jobNo, admission.spec().key().tenant(), content).orElse(Bytes.EMPTY);
  }

  /// @return false when the rules have changed meanwhile
  private boolean tell(long generation, List<LogCommand.Judge.Judged> jobs, long settledJobNo) {
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    writer.offer(
        new LogCommand.Judge(
            generation,
            jobs,
            settledJobNo,
            new Answer<>() {
              @Override
              public void done(Boolean done) {
                told.complete(true);
              }

              @Override
              public void refused(Problem problem) {
                if (problem.code().equals(EngineProblems.PERMIT_STALE)) {
                  told.complete(false);
                } else {
                  told.completeExceptionally(problem.toException());
                }
              }
            }));
    return told.join();
  }

  private WriterView.Rules knownRules() {
    CompletableFuture<WriterView.Rules> known = new CompletableFuture<>();
    writer.offer(
        new LogCommand.Look(
            view -> known.complete(view.rules()),
            new Answer<>() {
              @Override
              public void done(Boolean looked) {}

              @Override
              public void refused(Problem problem) {
                known.completeExceptionally(problem.toException());
              }
            }));
    return known.join();
  }

  private void later(Runnable task) {
    if (writer.isClosing()) {
      return;
    }
    CompletableFuture.delayedExecutor(TROUBLE_RETRY_MILLIS, TimeUnit.MILLISECONDS, blocking)
        .execute(task);
  }
}

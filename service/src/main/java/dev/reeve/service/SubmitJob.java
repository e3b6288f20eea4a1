package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Ids;
import dev.reeve.base.Problem;
import dev.reeve.base.Sha256;
import dev.reeve.engine.Answer;
import dev.reeve.engine.EngineProblems;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Submission;
import dev.reeve.engine.SubmitOutcome;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.StoreException;
import dev.reeve.governance.cdi.CdiResult;
import dev.reeve.job.Admission;
import dev.reeve.job.Content;
import dev.reeve.job.Grant;
import dev.reeve.job.Job;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobSpec;
import dev.reeve.job.JobState;
import dev.reeve.job.Origin;
import dev.reeve.job.Permit;
import dev.reeve.job.RunLimits;
import dev.reeve.job.Verdict;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.SaltedCommitment;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.PolicyProblems;
import dev.reeve.policy.VelocityCheck;
import dev.reeve.service.decider.Ruling;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// Admits a job: policy decides on the caller's thread, the writer makes it so.
///
/// Denied by policy: the job is stored as denied, without its payload, and the future fails with
/// `POLICY_DENIED` that names job, rule and snapshot. Does not block for payloads up to 64 KiB;
/// larger ones are written to the blob store first, on the caller's thread.
public final class SubmitJob {
  private static final int PREPARATIONS_MAX = 8;
  private static final String UNDECIDED = "undecided";
  private static final String REFUSED = "refuse";
  private static final int INLINE_CONTENT_MAX = 16 * 1024;

  private final Writer writer;
  private final RulesInForce rules;
  private final ApprovalTerms terms;
  private final JobReader reader;
  private final BlobStore blobs;
  private final Executor blocking;
  private final InstantSource clock;
  private final RandomGenerator random;

  /// @param blocking runs what may take its time, within the call of whoever submits
  /// @param random strong and safe on any thread
  public SubmitJob(
      Writer writer,
      RulesInForce rules,
      ApprovalTerms terms,
      JobReader reader,
      BlobStore blobs,
      Executor blocking,
      InstantSource clock,
      RandomGenerator random) {
    this.writer = writer;
    this.rules = rules;
    this.terms = terms;
    this.reader = reader;
    this.blobs = blobs;
    this.blocking = blocking;
    this.clock = clock;
    this.random = random;
  }

  /// The future fails with [dev.reeve.base.ProblemException] when the submit is refused.
  public CompletableFuture<SubmitResult> submit(Caller caller, SubmitRequest request) {
    CompletableFuture<SubmitResult> answer = new CompletableFuture<>();
    if (request.payload().size() > BlobStore.SIZE_MAX) {
      answer.completeExceptionally(
          ServiceProblems.PAYLOAD_TOO_LARGE
              .field("payload", request.payload().size() + " bytes", "at most 64 MiB")
              .toException());
      return answer;
    }
    Attempt attempt = new Attempt(request, asked(caller, request), answer);
    run(attempt, () -> prepare(attempt, 1));
    return answer;
  }

  /// @param asked the job as it was asked for, before policy limits it
  private record Attempt(
      SubmitRequest request, JobSpec asked, CompletableFuture<SubmitResult> answer) {
    /// All who had to be asked were heard.
    Heard heard() {
      return new Heard(this, asked, List.of());
    }

    /// No job runs by a bypass that nobody can see: its receipt is in the commit of the job.
    Heard bypassing(Ruling.Bypassed bypassed) {
      Receipt receipt =
          OtherDeciders.receipt(
              bypassed, asked.key().tenant(), asked.key().jobId(), asked.origin().principal());
      return new Heard(this, asked.withWork(OtherDeciders.marked(asked.work())), List.of(receipt));
    }
  }

  /// An attempt in one round: what the next round finds out may differ.
  ///
  /// @param asked the job, with the mark of a bypass if there was one
  /// @param bypass the receipt of a decider that was not heard; none when all were
  private record Heard(Attempt attempt, JobSpec asked, List<Receipt> bypass) {}

  /// Another decider is asked, and content that rules look into for long is looked at, where that
  /// may take its time.
  private void run(Attempt attempt, Runnable preparation) {
    boolean takesLong = attempt.request().payload().size() > INLINE_CONTENT_MAX;
    if (rules.chain().hasOther() || (takesLong && rules.readsContent())) {
      CompletableFuture<Boolean> _ =
          CompletableFuture.runAsync(preparation, blocking)
              .handle((_, failure) ->
                  failure != null && attempt.answer().completeExceptionally(failure));
    } else {
      preparation.run();
    }
  }

  private void prepare(Attempt attempt, int round) {
    PolicyInput question = JobQuestion.of(attempt.asked(), attempt.request().payload());
    RulesInForce.Decided ours =
        rules.decideJob(question, new CommittedRates(writer.rates(), clock));
    Optional<Problem> obstacle = attempt.request().obstacle();
    if (obstacle.isPresent()) {
      decided(attempt.heard(), undecided(ours, obstacle.get()), obstacle, round);
      return;
    }
    switch (rules.chain().decide(ours.decision(), question)) {
      case Ruling.Decided(PolicyDecision both) ->
          decided(attempt.heard(), ours.with(both), Optional.empty(), round);
      case Ruling.Undecided(Problem problem) ->
          decided(attempt.heard(), undecided(ours, problem), Optional.of(problem), round);
      case Ruling.Bypassed bypassed ->
          decided(attempt.bypassing(bypassed), ours, Optional.empty(), round);
    }
  }

  /// Makes no job either: whoever is halted has nothing to wait for.
  private static RulesInForce.Decided halted(RulesInForce.Decided ours, CdiResult said) {
    PolicyDecision notNow =
        new PolicyDecision(
            dev.reeve.policy.Decision.THROTTLE,
            said.reason(),
            said.rule(),
            ours.decision().snapshot());
    return new RulesInForce.Decided(notNow, ours.generation(), List.of());
  }

  /// Like a throttled submit it makes no job, and a repeat of an earlier one still finds its job.
  private static RulesInForce.Decided undecided(RulesInForce.Decided ours, Problem problem) {
    PolicyDecision notNow =
        new PolicyDecision(
            dev.reeve.policy.Decision.THROTTLE, problem.message(), "", ours.decision().snapshot());
    return new RulesInForce.Decided(notNow, ours.generation(), List.of());
  }

  /// @param unheeded what was decided before consent was asked for
  /// @param unable what the caller is told instead, when nothing is decided
  private void decided(
      Heard heard, RulesInForce.Decided unheeded, Optional<Problem> unable, int round) {
    Attempt attempt = heard.attempt();
    Optional<CdiResult> halt =
        unable.isPresent()
            ? Optional.empty()
            : rules.objection(heard.asked().key().tenant(), heard.asked().origin());
    Optional<Problem> undecided = halt.map(JobConsent::problem).or(() -> unable);
    RulesInForce.Decided decided = halt.map(said -> halted(unheeded, said)).orElse(unheeded);
    PolicyDecision decision = decided.decision();
    Grant grant = ConstrainedLimits.grant(decision, terms);
    JobSpec spec = heard.asked().withLimits(ConstrainedLimits.of(heard.asked().limits(), grant));
    byte[] saltBytes = new byte[SaltedCommitment.SALT_LENGTH];
    random.nextBytes(saltBytes);
    Bytes salt = Bytes.wrap(saltBytes);
    Bytes payload = attempt.request().payload();
    boolean large = payload.size() > BlobStore.ROW_SIZE_MAX;
    boolean denied = decision.decision() == dev.reeve.policy.Decision.DENY;
    boolean throttled = decision.decision() == dev.reeve.policy.Decision.THROTTLE;
    if (large && !denied && !throttled && !storeLarge(attempt, spec, payload)) {
      return;
    }
    Verdict verdict = Verdicts.of(decision);
    Receipt receipt =
        Receipt.of(
                attempt.request().action(),
                word(attempt.request(), decision, unable, halt.isPresent()))
            .withSubject(
                spec.key().tenant(),
                throttled ? attempt.request().jobId().orElse("") : spec.key().jobId(),
                spec.origin().principal())
            .withRule(decision.ruleId(), decision.reason(), decision.snapshot())
            .withInput(SaltedCommitment.of(salt, payload).hash());
    Submission submission =
        new Submission(
            new Admission(
                spec,
                verdict,
                salt,
                grant,
                decided.counts().stream().map(VelocityCheck::key).toList()),
            attempt.request().jobId().isPresent(),
            new Permit(
                verdict,
                decided.generation(),
                terms.expiresAtMicros(clock.instant()),
                CommittedRates.checks(decided.counts())),
            attempt.request().idempotency(),
            large ? Bytes.EMPTY : payload,
            receipt,
            attempt.request().backlogMax(),
            heard.bypass());
    writer.offer(new LogCommand.Submit(submission, answerTo(attempt, decision, undecided, round)));
  }

  private static String word(
      SubmitRequest request, PolicyDecision decision, Optional<Problem> unable, boolean halted) {
    if (request.obstacle().isPresent()) {
      return REFUSED;
    }
    if (halted) {
      return dev.reeve.policy.Decision.DENY.word();
    }
    return unable.isPresent() ? UNDECIDED : decision.decision().word();
  }

  private Answer<SubmitOutcome> answerTo(
      Attempt attempt, PolicyDecision decision, Optional<Problem> undecided, int round) {
    return new Answer<>() {
      @Override
      public void done(SubmitOutcome outcome) {
        switch (outcome) {
          case SubmitOutcome.Admitted admitted -> admitted(attempt, admitted.job(), decision);
          case SubmitOutcome.Throttled _ ->
              attempt
                  .answer()
                  .completeExceptionally(undecided.orElseGet(decision::toThrottle).toException());
          case SubmitOutcome.Replayed replayed -> replayed(attempt, replayed.key());
        }
      }

      @Override
      public void refused(Problem problem) {
        boolean stale = problem.code().equals(EngineProblems.PERMIT_STALE);
        if (stale && round < PREPARATIONS_MAX) {
          run(attempt, () -> prepare(attempt, round + 1));
        } else {
          attempt.answer().completeExceptionally(problem.toException());
        }
      }
    };
  }

  /// The job that has taken a key of the caller's tenant, if one has. The future fails with
  /// `JOB_NOT_FOUND` when retention has removed that job.
  public CompletableFuture<Optional<SubmitResult>> known(Caller caller, IdempotencyScope scope) {
    PendingAnswer<Optional<String>> first = new PendingAnswer<>();
    writer.offer(new LogCommand.Recall(scope, first));
    return first
        .future()
        .thenCompose(id ->
            id.map(known -> reader.status(new JobKey(caller.tenant(), known)))
                .map(job -> job.thenApply(found -> Optional.of(new SubmitResult(found, true))))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
  }

  /// What the submitter of a denied job is told, at once and whenever it is asked again.
  public static Problem denial(Job job, JobState.Denied denied) {
    return PolicyProblems.POLICY_DENIED
        .because(denied.message())
        .with("job_id", job.key().jobId())
        .with("rule_id", job.verdict().ruleId())
        .with("policy_snapshot", job.verdict().snapshot());
  }

  private static void admitted(Attempt attempt, Job job, PolicyDecision decision) {
    if (job.verdict().decision() == Verdict.Decision.DENY
        && job.state() instanceof JobState.Denied denied) {
      String offered = RemediateJob.names(decision);
      Problem denial = denial(job, denied);
      attempt
          .answer()
          .completeExceptionally(
              (offered.isEmpty() ? denial : denial.with("remediations", offered)).toException());
    } else {
      attempt.answer().complete(new SubmitResult(job, false));
    }
  }

  private void replayed(Attempt attempt, JobKey key) {
    Futures.then(
        reader.status(key),
        job -> attempt.answer().complete(new SubmitResult(job, true)),
        problem -> attempt.answer().completeExceptionally(problem.toException()));
  }

  private boolean storeLarge(Attempt attempt, JobSpec spec, Bytes payload) {
    try {
      blobs.put(spec.key().tenant(), spec.payload().sha256(), payload);
      return true;
    } catch (StoreException e) {
      attempt
          .answer()
          .completeExceptionally(
              EngineProblems.STORE_UNAVAILABLE
                  .because("payload could not be stored")
                  .withDetail(String.valueOf(e.getMessage()))
                  .toException());
      return false;
    }
  }

  private JobSpec asked(Caller caller, SubmitRequest request) {
    Instant now = clock.instant();
    long nowMicros = Times.micros(now);
    String jobId =
        request
            .jobId()
            .orElseGet(() ->
                Ids.uuidV7(now.toEpochMilli(), random.nextLong(), random.nextLong()).toString());
    return new JobSpec(
        new JobKey(caller.tenant(), jobId),
        caller.project(),
        new Origin(caller.dialect(), request.principal(), caller.traceId(), caller.clientId()),
        JobQuestion.raised(OtherDeciders.unmarked(request.work()), request.payload()),
        request.placement(),
        new RunLimits(
            request.deadline().map(d -> nowMicros + Times.micros(d)).orElse(0L),
            request.runTimeout().map(Times::micros).orElse(0L),
            request.retry(),
            request.atMostOnce()),
        new Content(request.contentType(), request.payload().size(), Sha256.of(request.payload())),
        nowMicros);
  }
}

package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.StoredJobState;
import dev.reeve.job.Admission;
import dev.reeve.job.Job;
import dev.reeve.job.JobDecider;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobProblems;
import dev.reeve.job.JobSpec;
import dev.reeve.job.Permit;
import dev.reeve.job.RateCheck;
import dev.reeve.job.StateName;
import dev.reeve.job.Verdict;
import dev.reeve.ledger.Receipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Admits new jobs: a repeat is recognised first and consumes nothing, then the permit must be of
/// the current rules, then the bounds hold, then the job exists. Writer's thread only.
final class SubmitHandler {
  private final LogState state;
  private final WriterPorts.Generation generation;

  SubmitHandler(LogState state, WriterPorts.Generation generation) {
    this.state = state;
    this.generation = generation;
  }

  void handle(Group group, JobLog.Known known, LogCommand.Submit command) {
    Submission submission = command.submission();
    JobKey key = submission.admission().spec().key();
    Commit.KeyRow taken = takenKey(group, known, submission.idempotency());
    if (taken != null) {
      replay(group, command, taken);
      return;
    }
    Optional<Problem> refusal = refusal(group, known, submission, key);
    if (refusal.isPresent()) {
      Problem problem = refusal.get();
      group.tell(() -> command.answer().refused(problem), command.answer()::refused);
      return;
    }
    if (submission.permit().verdict().decision() == Verdict.Decision.THROTTLE) {
      count(group, submission.permit());
      group.receipt(submission.receipt(), 0);
      group.tell(command.answer(), new SubmitOutcome.Throttled());
      return;
    }
    admit(group, known, command);
  }

  static void recall(Group group, JobLog.Known known, LogCommand.Recall command) {
    Commit.KeyRow taken = takenKey(group, known, command.scope());
    group.tell(command.answer(), Optional.ofNullable(taken).map(Commit.KeyRow::jobId));
  }

  private static void replay(Group group, LogCommand.Submit command, Commit.KeyRow taken) {
    Submission submission = command.submission();
    Idempotency idempotency = submission.idempotency().orElseThrow();
    JobKey first = new JobKey(submission.admission().spec().key().tenant(), taken.jobId());
    boolean same = taken.fingerprint().equals(idempotency.fingerprint());
    if (same || idempotency.onMismatch() == Idempotency.OnMismatch.RETURN_FIRST) {
      group.tell(command.answer(), new SubmitOutcome.Replayed(first));
      return;
    }
    Problem problem =
        EngineProblems.IDEMPOTENCY_CONFLICT
            .because("idempotency key was used with another request")
            .with("job_id", taken.jobId());
    group.receipt(refused(submission, problem), 0);
    group.tell(() -> command.answer().refused(problem), command.answer()::refused);
  }

  private Optional<Problem> refusal(
      Group group, JobLog.Known known, Submission submission, JobKey key) {
    if (exists(group, known, key)) {
      Problem problem = EngineProblems.JOB_ID_TAKEN.because("job id is taken");
      group.receipt(refused(submission, problem), 0);
      return Optional.of(problem);
    }
    if (!hasRoom(group, submission.permit())) {
      return Optional.of(
          EngineProblems.RATES_FULL
              .because("too many requests are counted (expected: fewer than can be remembered)")
              .withRetryAfter(Duration.ofSeconds(1)));
    }
    if (submission.permit().generation() != generation.current()) {
      return Optional.of(
          EngineProblems.PERMIT_STALE
              .because("the rules changed while the call was decided")
              .withRetryAfter(Duration.ofMillis(10)));
    }
    if (!holds(group, submission.permit())) {
      return Optional.of(
          EngineProblems.PERMIT_STALE
              .because("others were counted while the call was decided")
              .withRetryAfter(Duration.ofMillis(10)));
    }
    return switch (submission.permit().verdict().decision()) {
      case DENY, THROTTLE -> Optional.empty();
      case ALLOW, REQUIRE_APPROVAL -> backlogRefusal(submission, key.tenant());
    };
  }

  /// Whether each count on which the decision rests is still what it was taken for.
  private boolean holds(Group group, Permit permit) {
    for (RateCheck check : permit.counts()) {
      if (state.rates.exceeds(check, group.nowMicros) != check.exceeded()) {
        return false;
      }
    }
    return true;
  }

  private void count(Group group, Permit permit) {
    for (RateCheck check : permit.counts()) {
      group.onUndo(state.rates.count(check, group.nowMicros));
    }
  }

  private boolean hasRoom(Group group, Permit permit) {
    return permit.counts().isEmpty() || state.rates.hasRoom(group.nowMicros);
  }

  private Optional<Problem> backlogRefusal(Submission submission, String tenant) {
    int tenantMax =
        submission.backlogMax() == 0
            ? state.limits.tenantShareMax()
            : Math.min(submission.backlogMax(), state.limits.tenantShareMax());
    if (state.backlog.of(tenant) >= tenantMax) {
      return Optional.of(backlogFull("tenant", state.backlog.of(tenant), tenantMax));
    }
    return state.backlog.total() >= state.limits.unfinishedMax()
        ? Optional.of(backlogFull("log", state.backlog.total(), state.limits.unfinishedMax()))
        : Optional.empty();
  }

  private static Problem backlogFull(String who, int has, int max) {
    return EngineProblems.BACKLOG_FULL
        .because(who + " has " + has + " unfinished jobs (expected: fewer than " + max + ")")
        .withRetryAfter(Duration.ofSeconds(1));
  }

  private void admit(Group group, JobLog.Known known, LogCommand.Submit command) {
    Submission submission = command.submission();
    Permit permit = submission.permit();
    Admission admission = submission.admission().createdAt(group.nowMicros);
    JobSpec spec = admission.spec();
    Parents parents = parents(group, known, spec);
    if (!parents.unknown().isEmpty()) {
      Problem problem =
          EngineProblems.DEPENDENCY_NOT_FOUND.field(
              "dependencies", parents.unknown(), "ids of jobs of this tenant");
      group.receipt(refused(submission, problem), 0);
      group.tell(() -> command.answer().refused(problem), command.answer()::refused);
      return;
    }
    count(group, permit);
    boolean denied = permit.verdict().decision() == Verdict.Decision.DENY;
    List<JobEvent> events = new ArrayList<>();
    if (!denied && !parents.failed().isEmpty()) {
      events.add(
          new JobEvent.Failed(
              group.nowMicros,
              JobProblems.DEPENDENCY_FAILED,
              "job " + parents.failed() + " did not complete",
              false));
    } else {
      events.addAll(JobDecider.admit(admission, parents.open(), permit.approvalExpiresAtMicros()));
    }
    Bytes payload = denied ? Bytes.EMPTY : submission.payload();
    Job job = group.insert(state.parts, admission, payload, events);
    submission.before().forEach(receipt -> group.receipt(receipt, job.jobNo()));
    group.receipt(submission.receipt(), job.jobNo());
    if (!denied) {
      takeKey(group, submission.idempotency(), job);
      remember(group, job, admission, payload);
    }
    group.tell(command.answer(), new SubmitOutcome.Admitted(job));
  }

  private void remember(Group group, Job job, Admission admission, Bytes payload) {
    boolean complete = payload.size() == admission.spec().payload().sizeBytes();
    if (complete && !job.isFinished()) {
      state.payloads.put(job.jobNo(), new PayloadCache.Entry(admission, payload));
      group.onUndo(() -> state.payloads.take(job.jobNo()));
    }
  }

  private static void takeKey(Group group, Optional<Idempotency> idempotency, Job job) {
    if (idempotency.isPresent()) {
      Idempotency taken = idempotency.get();
      group.keys.add(
          new Commit.KeyRow(
              taken.scope(),
              taken.fingerprint(),
              job.jobNo(),
              job.key().jobId(),
              Math.addExact(group.nowMicros, taken.ttlMicros())));
    }
  }

  private static Commit.@Nullable KeyRow takenKey(
      Group group, JobLog.Known known, Optional<Idempotency> idempotency) {
    return idempotency.isEmpty() ? null : takenKey(group, known, idempotency.get().scope());
  }

  private static Commit.@Nullable KeyRow takenKey(
      Group group, JobLog.Known known, IdempotencyScope scope) {
    for (Commit.KeyRow row : group.keys) {
      if (row.scope().equals(scope)) {
        return row;
      }
    }
    return known.keys().get(scope);
  }

  private boolean exists(Group group, JobLog.Known known, JobKey key) {
    return group.inserted(key) != null
        || state.table.find(key).isPresent()
        || known.jobs().containsKey(key);
  }

  /// How the parents of a new job stand.
  ///
  /// @param open not finished yet
  /// @param failed one that ended without completing; empty when there is none
  /// @param unknown one that does not exist; empty when there is none
  private record Parents(Set<String> open, String failed, String unknown) {}

  private Parents parents(Group group, JobLog.Known known, JobSpec spec) {
    Set<String> open = new HashSet<>();
    String failed = "";
    String unknown = "";
    for (String parent : spec.placement().dependsOn()) {
      Optional<StateName> at = stateOf(group, known, new JobKey(spec.key().tenant(), parent));
      if (at.isEmpty()) {
        unknown = parent;
      } else if (!at.get().isTerminal()) {
        open.add(parent);
      } else if (at.get() != StateName.COMPLETED) {
        failed = parent;
      }
    }
    return new Parents(open, failed, unknown);
  }

  private Optional<StateName> stateOf(Group group, JobLog.Known known, JobKey key) {
    Job inserted = group.inserted(key);
    if (inserted != null) {
      return Optional.of(inserted.state().name());
    }
    Optional<Job> inMemory = state.table.find(key);
    if (inMemory.isPresent()) {
      return Optional.of(group.current(inMemory.get()).state().name());
    }
    return Optional.ofNullable(known.jobs().get(key)).flatMap(StoredJobState::endedAs);
  }

  private static Receipt refused(Submission submission, Problem problem) {
    Receipt asked = submission.receipt();
    return Receipt.of(asked.action(), "refuse")
        .withSubject(asked.tenant(), asked.job(), asked.actor())
        .withRule("", problem.reason(), asked.snapshot())
        .withInput(asked.input());
  }
}

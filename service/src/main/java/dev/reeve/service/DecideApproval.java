package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.governance.cdi.CdiResult;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobProblems;
import dev.reeve.job.JobSpec;
import dev.reeve.job.JobState;
import dev.reeve.ledger.Receipt;
import dev.reeve.policy.ApprovalRequest;
import dev.reeve.policy.ApprovalStanding;
import dev.reeve.policy.Approvals;
import dev.reeve.policy.PolicyProblems;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Lets a held job go on or denies it. Whoever submitted a job may not decide it. An approval is
/// given under the policy in force: when that one denies the job by now, the approval is refused.
/// An approval of a job that was approved before changes nothing and is no error. Blocks for a
/// read; belongs on a virtual thread.
public final class DecideApproval {
  private final Writer writer;
  private final JobReader reader;
  private final RulesInForce rules;

  public DecideApproval(Writer writer, JobReader reader, RulesInForce rules) {
    this.writer = writer;
    this.reader = reader;
    this.rules = rules;
  }

  /// An approval.
  ///
  /// @param jobId the held job
  /// @param by who approves; empty for the caller; anybody else only by the local operator
  /// @param comment their words; may be empty
  /// @param requestHash what they looked at, as [#requestHash] gave it; empty when not said
  public record Approval(String jobId, String by, String comment, Bytes requestHash) {}

  /// The job after the approval; it stays held while more persons must approve.
  public CompletableFuture<Job> approve(Caller caller, Approval approval, String action) {
    String by = approver(caller, approval.jobId(), approval.by(), action);
    JobView view = decidable(caller, approval.jobId(), by, action);
    Job job = view.job();
    if (job.isApproved()) {
      return CompletableFuture.completedFuture(job);
    }
    if (job.state() instanceof JobState.Denied denied
        && denied.code().equals(JobProblems.POLICY_REVOKED)) {
      throw refused(
          caller,
          approval.jobId(),
          action,
          PolicyProblems.APPROVAL_STALE_SNAPSHOT
              .because(denied.message())
              .with("job_id", approval.jobId())
              .with("rule_id", job.verdict().ruleId())
              .with("policy_snapshot", job.verdict().snapshot()));
    }
    Optional<CdiResult> objection = rules.objection(job.key().tenant(), job.header().origin());
    if (objection.isPresent()) {
      CdiResult said = objection.get();
      throw refused(
          caller,
          approval.jobId(),
          action,
          said.refusal().orElseThrow().because(said.reason()).with("job_id", approval.jobId()));
    }
    RulesInForce.Decided now =
        OtherDeciders.ask(
            rules, JobQuestion.of(view.admission().spec(), reader.payload(view)), job.verdict());
    if (job.state() instanceof JobState.AwaitingApproval) {
      Optional<Problem> stale = stale(view, approval, now);
      if (stale.isPresent()) {
        throw refused(caller, approval.jobId(), action, stale.get());
      }
    }
    Receipt receipt =
        Receipt.of(action, "approve")
            .withSubject(caller.tenant(), approval.jobId(), by)
            .withRule(now.decision().ruleId(), approval.comment(), now.decision().snapshot());
    return ask(caller, approval.jobId(), new JobCommand.Approve(by, approval.comment()), receipt);
  }

  /// The job after the rejection.
  ///
  /// @param by as in [Approval]
  public CompletableFuture<Job> reject(
      Caller caller, String jobId, String by, String reason, String action) {
    String rejecter = approver(caller, jobId, by, action);
    decidable(caller, jobId, rejecter, action);
    Receipt receipt =
        Receipt.of(action, "reject")
            .withSubject(caller.tenant(), jobId, rejecter)
            .withRule("", reason, rules.snapshotId());
    return ask(caller, jobId, new JobCommand.Reject(rejecter, reason), receipt);
  }

  /// Hash over what would run, for whoever decides about it.
  public static Bytes requestHash(JobView view) {
    return request(view).hash();
  }

  /// Persons who must still approve a job.
  public static int remaining(Job job) {
    return job.state() instanceof JobState.AwaitingApproval held
        ? Math.max(1, job.grant().approvals()) - held.approvedBy().size()
        : 0;
  }

  /// Jobs of the caller's tenant that wait for a person, oldest first.
  public CompletableFuture<List<Job>> held(Caller caller) {
    CompletableFuture<List<Job>> held = new CompletableFuture<>();
    writer.offer(
        new LogCommand.Look(
            view -> held.complete(view.held(caller.tenant())),
            new Answer<>() {
              @Override
              public void done(Boolean looked) {}

              @Override
              public void refused(Problem problem) {
                held.completeExceptionally(problem.toException());
              }
            }));
    return held;
  }

  /// The policy may have changed since the hold. What it denies now nobody can approve.
  private static Optional<Problem> stale(
      JobView view, Approval approval, RulesInForce.Decided now) {
    ApprovalRequest request = request(view);
    Bytes looked = approval.requestHash().isEmpty() ? request.hash() : approval.requestHash();
    ApprovalStanding standing =
        Approvals.standing(looked, view.job().verdict().snapshot(), request, now.decision());
    return standing instanceof ApprovalStanding.Stale stale
        ? Optional.of(stale.problem().with("job_id", approval.jobId()))
        : Optional.empty();
  }

  private static ApprovalRequest request(JobView view) {
    JobSpec spec = view.admission().spec();
    return new ApprovalRequest(
        spec.key().tenant(),
        spec.key().jobId(),
        spec.origin().principal(),
        spec.work().topic(),
        spec.work().capability(),
        spec.work().riskTags(),
        spec.work().labels(),
        spec.payload().sha256());
  }

  private String approver(Caller caller, String jobId, String by, String action) {
    if (by.isEmpty() || Approvals.asRead(by).equals(Approvals.asRead(caller.principal()))) {
      return caller.principal();
    }
    if (!caller.localOperator()) {
      throw refused(
          caller,
          jobId,
          action,
          ServiceProblems.ROLE_DENIED.because(
              "principal_id: only the local operator acts for somebody (expected: absent)"));
    }
    return Approvals.asSeen(by);
  }

  private JobView decidable(Caller caller, String jobId, String approver, String action) {
    if (caller.role() != Role.ADMIN) {
      throw refused(
          caller,
          jobId,
          action,
          ServiceProblems.ROLE_DENIED.because("role: " + caller.role() + " (expected: ADMIN)"));
    }
    JobView view = reader.view(new JobKey(caller.tenant(), jobId));
    if (view.job().state() instanceof JobState.Denied denied
        && denied.code().equals(JobProblems.APPROVAL_EXPIRED)) {
      throw refused(
          caller,
          jobId,
          action,
          PolicyProblems.APPROVAL_NOT_ACTIONABLE
              .because("job: nobody decided in time (expected: one that waits for a person)")
              .with("job_id", jobId));
    }
    Approvals.refusal(
            approver,
            view.job().header().origin().principal(),
            view.admission().spec().work().claims().actorId(),
            Approvals.SelfApproval.REFUSED)
        .ifPresent(problem -> {
          throw refused(caller, jobId, action, problem.with("job_id", jobId));
        });
    return view;
  }

  /// A refusal to decide is a decision as well: its receipt comes before the answer.
  private ProblemException refused(Caller caller, String jobId, String action, Problem problem) {
    Receipt receipt =
        Receipt.of(action, "refuse")
            .withSubject(caller.tenant(), jobId, caller.principal())
            .withRule("", problem.reason(), rules.snapshotId());
    return RefusalReceipts.write(writer, receipt, problem).toException();
  }

  private CompletableFuture<Job> ask(
      Caller caller, String jobId, JobCommand command, Receipt receipt) {
    PendingAnswer<Job> answer = new PendingAnswer<>();
    writer.offer(
        new LogCommand.Ask(
            new LogCommand.Target.ByKey(new JobKey(caller.tenant(), jobId)),
            command,
            Bytes.EMPTY,
            Optional.of(receipt),
            answer));
    return answer.future();
  }
}

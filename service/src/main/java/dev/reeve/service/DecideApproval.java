package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.Answer;
import dev.reeve.engine.LogCommand;
import dev.reeve.engine.Writer;
import dev.reeve.job.Job;
import dev.reeve.job.JobCommand;
import dev.reeve.job.JobKey;
import dev.reeve.job.JobState;
import dev.reeve.job.Work;
import dev.reeve.ledger.Receipt;
import dev.reeve.policy.Approvals;
import dev.reeve.policy.PolicyInput;
import dev.reeve.policy.PolicyProblems;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Lets a held job go on or denies it. Whoever submitted a job may not decide it. An approval is
/// given under the policy in force: when that one denies the job by now, the approval is refused
/// and the job stays held. Blocks for a read; belongs on a virtual thread.
public final class DecideApproval {
  private final Writer writer;
  private final JobReader reader;
  private final RulesInForce rules;

  public DecideApproval(Writer writer, JobReader reader, RulesInForce rules) {
    this.writer = writer;
    this.reader = reader;
    this.rules = rules;
  }

  /// The job after the approval.
  public CompletableFuture<Job> approve(
      Caller caller, String jobId, String comment, String action) {
    JobView view = decidable(caller, jobId, action);
    RulesInForce.Decided now = rules.decide(policyInput(view));
    if (view.job().state() instanceof JobState.AwaitingApproval
        && now.decision().decision() == dev.reeve.policy.Decision.DENY) {
      throw refused(
          caller,
          jobId,
          action,
          PolicyProblems.APPROVAL_STALE_SNAPSHOT
              .because("the policy in force denies this job: " + now.decision().reason())
              .with("job_id", jobId)
              .with("rule_id", now.decision().ruleId())
              .with("policy_snapshot", now.decision().snapshot()));
    }
    Receipt receipt =
        Receipt.of(action, "approve")
            .withSubject(caller.tenant(), jobId, caller.principal())
            .withRule(now.decision().ruleId(), comment, now.decision().snapshot());
    return ask(caller, jobId, new JobCommand.Approve(caller.principal(), comment), receipt);
  }

  /// The job after the rejection.
  public CompletableFuture<Job> reject(Caller caller, String jobId, String reason, String action) {
    decidable(caller, jobId, action);
    Receipt receipt =
        Receipt.of(action, "reject")
            .withSubject(caller.tenant(), jobId, caller.principal())
            .withRule("", reason, rules.snapshotId());
    return ask(caller, jobId, new JobCommand.Reject(caller.principal(), reason), receipt);
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

  private JobView decidable(Caller caller, String jobId, String action) {
    if (caller.role() != Role.ADMIN) {
      throw refused(
          caller,
          jobId,
          action,
          ServiceProblems.ROLE_DENIED.because("role: " + caller.role() + " (expected: ADMIN)"));
    }
    JobView view = reader.view(new JobKey(caller.tenant(), jobId));
    Approvals.refusal(
            caller.principal(),
            view.job().header().origin().principal(),
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

  private static PolicyInput policyInput(JobView view) {
    Work work = view.admission().spec().work();
    return new PolicyInput(
        view.job().key().tenant(),
        work.topic(),
        work.capability(),
        work.riskTags(),
        work.labels(),
        view.job().header().origin().principal());
  }
}

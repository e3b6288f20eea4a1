package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.cli.client.SafeText;
import dev.reeve.wire.reeve.v1.Approval;
import dev.reeve.wire.reeve.v1.ExplainJobRequest;
import dev.reeve.wire.reeve.v1.ExplainJobResponse;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.Remediation;
import dev.reeve.wire.reeve.v1.WaitCause;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `reeve why`: what holds a job back, and until when.
@Command(name = "why", description = "Explain why a job waits, and until when.")
final class WhyCommand extends ClientCommand {
  @Mixin private final JobArgument job = new JobArgument();

  WhyCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    ExplainJobRequest request = ExplainJobRequest.newBuilder().setJobId(job.jobId()).build();
    ExplainJobResponse answer = connection.call(() -> connection.jobs().explainJob(request));
    print(answer, lines(answer));
    return ExitCodes.OK;
  }

  private static List<String> lines(ExplainJobResponse answer) {
    Job job = answer.getJob();
    List<String> lines = new ArrayList<>();
    lines.add("job " + SafeText.line(job.getJobId()) + " is " + SafeText.line(JobFacts.state(job)));
    String policy = JobFacts.policy(job.getPolicy());
    if (!policy.isEmpty()) {
      lines.add("policy: " + SafeText.line(policy));
    }
    if (answer.hasApproval()) {
      lines.add(SafeText.line(approval(answer.getApproval())));
    }
    if (job.hasError()) {
      lines.add(SafeText.line(JobFacts.error(job)));
    }
    if (answer.hasQueuePosition()) {
      lines.add("place in the queue: " + answer.getQueuePosition());
    }
    for (WaitCause cause : answer.getCausesList()) {
      String until = Words.of(cause.getUntil());
      lines.add(
          SafeText.line(cause.getCode() + ": " + cause.getMessage())
              + (until.isEmpty() ? "" : " (until " + until + ")"));
    }
    for (String blocking : answer.getBlockingJobIdsList()) {
      lines.add("waits for job " + SafeText.line(blocking));
    }
    for (Remediation offered : answer.getRemediationsList()) {
      lines.add(SafeText.line(remediation(job, offered)));
    }
    if (lines.size() == 1 && !Words.isTerminal(job.getState())) {
      lines.add("nothing holds it back");
    }
    return lines;
  }

  private static String remediation(Job job, Remediation offered) {
    return "instead: `reeve remediate "
        + job.getJobId()
        + " "
        + offered.getId()
        + "`"
        + (offered.getTitle().isEmpty() ? "" : ", " + offered.getTitle())
        + (offered.getSummary().isEmpty() ? "" : ": " + offered.getSummary());
  }

  private static String approval(Approval approval) {
    return "approved by "
        + approval.getPrincipal()
        + " at "
        + Words.of(approval.getTime())
        + (approval.getComment().isEmpty() ? "" : ": " + approval.getComment());
  }
}

package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.ApproveJobRequest;
import dev.reeve.wire.reeve.v1.ApproveJobResponse;
import dev.reeve.wire.reeve.v1.Job;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reeve approve`: lets a held job go on.
@Command(name = "approve", description = "Let a job that waits for approval go on.")
final class ApproveCommand extends ClientCommand {
  @Mixin private final JobArgument job = new JobArgument();

  @Option(names = "--comment", paramLabel = "TEXT", description = "Kept in the receipt.")
  private String comment = "";

  @Option(
      names = "--request-hash",
      paramLabel = "HEX",
      description =
          "Approve only what was looked at: the hash that `reeve approvals --json` shows.")
  private String requestHash = "";

  @Option(
      names = "--principal",
      paramLabel = "NAME",
      description = "Who approves, when not the local operator themselves.")
  private String principal = "";

  ApproveCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    ApproveJobRequest request =
        ApproveJobRequest.newBuilder()
            .setJobId(job.jobId())
            .setComment(comment)
            .setRequestHash(requestHash)
            .setPrincipalId(principal)
            .build();
    ApproveJobResponse answer = connection.call(() -> connection.approvals().approveJob(request));
    Job approved = answer.getJob();
    int remaining = answer.getRemainingApprovals();
    String more = remaining == 0 ? "" : "; " + remaining + " more must approve";
    print(approved, List.of("approved; the job is " + Words.of(approved.getState()) + more));
    return ExitCodes.OK;
  }
}

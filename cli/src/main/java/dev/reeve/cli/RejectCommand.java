package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.RejectJobRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reeve reject`: ends a held job as denied.
@Command(name = "reject", description = "Deny a job that waits for approval.")
final class RejectCommand extends ClientCommand {
  @Mixin private final JobArgument job = new JobArgument();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Kept in the receipt and shown as the job's error.")
  private String reason = "";

  @Option(
      names = "--principal",
      paramLabel = "NAME",
      description = "Who rejects, when not the local operator themselves.")
  private String principal = "";

  RejectCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    RejectJobRequest request =
        RejectJobRequest.newBuilder()
            .setJobId(job.jobId())
            .setReason(reason)
            .setPrincipalId(principal)
            .build();
    Job rejected = connection.call(() -> connection.approvals().rejectJob(request)).getJob();
    print(rejected, List.of("rejected; the job is " + Words.of(rejected.getState())));
    return ExitCodes.OK;
  }
}

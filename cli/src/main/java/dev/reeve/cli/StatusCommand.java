package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `reeve status`: how a job stands. Ends with 0 whatever the state is.
@Command(name = "status", description = "Show how a job stands.")
final class StatusCommand extends ClientCommand {
  @Mixin private final JobArgument job = new JobArgument();

  StatusCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    GetJobRequest request = GetJobRequest.newBuilder().setJobId(job.jobId()).build();
    Job found = connection.call(() -> connection.jobs().getJob(request)).getJob();
    print(found, JobFacts.lines(found));
    return ExitCodes.OK;
  }
}

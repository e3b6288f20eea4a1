package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.RetryJobRequest;
import dev.reeve.wire.reeve.v1.RetryJobResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `reeve retry`: submits a job that ended badly anew. A job is retried once: the command can be
/// repeated, and then names the same new job.
@Command(
    name = "retry",
    description = "Submit a failed, timed out or rejected job anew.",
    footer = {
      "The new job is decided by the policy in force. A job is retried once: again, this names the",
      "same new job, which is the one to retry when it failed too.",
    })
final class RetryCommand extends ClientCommand {
  @Mixin private final JobArgument job = new JobArgument();

  RetryCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    RetryJobRequest request = RetryJobRequest.newBuilder().setJobId(job.jobId()).build();
    RetryJobResponse answer = connection.call(() -> connection.jobs().retryJob(request));
    String made = answer.getJob().getJobId() + " is " + Words.of(answer.getJob().getState());
    print(answer, List.of(answer.getKnown() ? "retried before: " + made : made));
    return ExitCodes.OK;
  }
}

package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.CancelJobRequest;
import dev.reeve.wire.reeve.v1.CancelJobResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reeve cancel`: asks for the end of a job. A job that has ended already stays as it is; that is
/// no failure, so that the command can be repeated.
@Command(name = "cancel", description = "Ask for the end of a job.")
final class CancelCommand extends ClientCommand {
  @Mixin private final JobArgument job = new JobArgument();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the job.")
  private String reason = "";

  CancelCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    CancelJobRequest request =
        CancelJobRequest.newBuilder().setJobId(job.jobId()).setReason(reason).build();
    CancelJobResponse answer = connection.call(() -> connection.jobs().cancelJob(request));
    String state = Words.of(answer.getJob().getState());
    print(
        answer,
        List.of(
            answer.getAccepted()
                ? "cancel requested; the job is " + state
                : "nothing to cancel; the job is " + state));
    return ExitCodes.OK;
  }
}

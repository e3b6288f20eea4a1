package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.DeleteHeldOutputRequest;
import dev.reeve.wire.reeve.v1.HeldOutput;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reeve output delete`: what a reviewer decides, once.
@Command(name = "delete", description = "Delete an output that was held back.")
final class OutputDeleteCommand extends ClientCommand {
  @Mixin private final JobArgument job = new JobArgument();

  @Option(
      names = "--comment",
      paramLabel = "TEXT",
      description = "Why; kept with the job and in the receipt.")
  private String comment = "";

  OutputDeleteCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    DeleteHeldOutputRequest request =
        DeleteHeldOutputRequest.newBuilder().setJobId(job.jobId()).setComment(comment).build();
    HeldOutput output =
        connection.call(() -> connection.heldOutputs().deleteHeldOutput(request)).getOutput();
    print(output, List.of("deleted; the job stays " + Words.of(output.getJob().getState())));
    return ExitCodes.OK;
  }
}

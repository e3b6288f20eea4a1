package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.HeldOutput;
import dev.reeve.wire.reeve.v1.ReleaseHeldOutputRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reeve output release`: what a reviewer decides, once.
@Command(name = "release", description = "Let everybody who may read the job read its held output.")
final class OutputReleaseCommand extends ClientCommand {
  @Mixin private final JobArgument job = new JobArgument();

  @Option(
      names = "--comment",
      paramLabel = "TEXT",
      description = "Why; kept with the job and in the receipt.")
  private String comment = "";

  OutputReleaseCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    ReleaseHeldOutputRequest request =
        ReleaseHeldOutputRequest.newBuilder().setJobId(job.jobId()).setComment(comment).build();
    HeldOutput output =
        connection.call(() -> connection.heldOutputs().releaseHeldOutput(request)).getOutput();
    print(output, List.of("released; the job stays " + Words.of(output.getJob().getState())));
    return ExitCodes.OK;
  }
}

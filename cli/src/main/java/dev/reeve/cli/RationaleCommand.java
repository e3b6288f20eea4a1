package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.eigen_api.v1.DispatchRationale;
import dev.reeve.wire.eigen_api.v1.GetDispatchRationaleRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `reeve rationale`: why a circuit went to the device it went to.
@Command(name = "rationale", description = "Explain why a circuit ran where it ran.")
final class RationaleCommand extends ClientCommand {
  @Mixin private final JobArgument job = new JobArgument();

  RationaleCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    GetDispatchRationaleRequest request =
        GetDispatchRationaleRequest.newBuilder().setJobId(job.jobId()).build();
    DispatchRationale rationale =
        connection.call(() -> connection.circuits().getDispatchRationale(request)).getRationale();
    print(
        rationale,
        new Facts()
            .add("backend", rationale.getSelectedBackend())
            .add("queue", rationale.getSelectedQueue())
            .add("policy", rationale.getPolicyVersion())
            .add("reasons", String.join(", ", rationale.getReasonCodesList()))
            .addAll("attribute", rationale.getAttributesMap())
            .add("timeline", rationale.getTimelineRef())
            .add("logs", rationale.getLogsRef())
            .add("trace", rationale.getTraceRef())
            .lines());
    return ExitCodes.OK;
  }
}

package dev.reeve.cli;

import com.google.protobuf.ByteString;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.RemediateJobRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve remediate`: submits a denied or held job anew, as its rule offers.
@Command(
    name = "remediate",
    description = "Submit a denied or held job anew, changed as its rule offers.",
    footer = {
      "`reeve why JOB` lists what is offered. A job that was denied at its submit keeps no"
          + " payload:",
      "give it again.",
    })
final class RemediateCommand extends ClientCommand {
  @Mixin private final JobArgument job = new JobArgument();

  @Parameters(index = "1", paramLabel = "ID", description = "Which of the remediations offered.")
  private String remediation = "";

  @Option(names = "--payload", paramLabel = "FILE", description = "This file's bytes instead.")
  private @Nullable String payload;

  @Option(names = "--prompt", paramLabel = "TEXT", description = "This prompt instead.")
  private @Nullable String prompt;

  @Option(
      names = "--job-id",
      paramLabel = "ID",
      converter = Converters.JobId.class,
      description = "Id of the new job (default: one that the server makes).")
  private String newJobId = "";

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "The same key makes the same job once.")
  private String idempotencyKey = "";

  RemediateCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    RemediateJobRequest.Builder request =
        RemediateJobRequest.newBuilder()
            .setJobId(job.jobId())
            .setRemediationId(remediation)
            .setNewJobId(newJobId)
            .setIdempotencyKey(idempotencyKey);
    payload().ifPresent(request::setPayload);
    Job made = connection.call(() -> connection.approvals().remediateJob(request.build())).getJob();
    print(made, List.of(made.getJobId() + " is " + Words.of(made.getState())));
    return ExitCodes.OK;
  }

  private Optional<ByteString> payload() {
    if (payload != null && prompt != null) {
      throw CliProblems.ARGUMENT_INVALID
          .because("--prompt: given beside --payload (expected: one of them)")
          .toException();
    }
    return payload == null
        ? Optional.ofNullable(prompt).map(ByteString::copyFromUtf8)
        : Optional.of(
            ByteString.copyFrom(
                LocalFiles.read(LocalFiles.path(payload), PayloadJobs.PAYLOAD_BYTES_MAX)));
  }
}

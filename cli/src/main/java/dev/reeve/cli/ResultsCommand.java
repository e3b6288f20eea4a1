package dev.reeve.cli;

import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.cli.client.Failure;
import dev.reeve.wire.reeve.v1.GetJobRequest;
import dev.reeve.wire.reeve.v1.Job;
import dev.reeve.wire.reeve.v1.JobState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `reeve results`: what a completed job gave. Ends with 2 while the job goes on, with 4 when it
/// ended otherwise.
@Command(
    name = "results",
    description = "Print the result of a completed job.",
    footer = "Counts of a circuit are drawn as a histogram; any other result is printed as it is.")
final class ResultsCommand extends ClientCommand {
  @Mixin private final JobArgument job = new JobArgument();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write to this file; counts of a circuit are written as JSON.")
  private @Nullable String file;

  ResultsCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    GetJobRequest request = GetJobRequest.newBuilder().setJobId(job.jobId()).build();
    Job found = connection.call(() -> connection.jobs().getJob(request)).getJob();
    requireCompleted(found);
    new ResultPrinter(
            connection, console(), json(), Optional.ofNullable(file).map(LocalFiles::path))
        .print(found);
    return ExitCodes.OK;
  }

  /// Throws what a job without a readable result deserves.
  static void requireCompleted(Job job) {
    String state = Words.of(job.getState());
    if (!Words.isTerminal(job.getState())) {
      throw Failure.of(
              CliProblems.JOB_NOT_FINISHED
                  .because("job " + Text.quoteForMessage(job.getJobId()) + " is still " + state)
                  .with("job_id", job.getJobId()))
          .withHint("follow it with: reeve watch " + job.getJobId())
          .toException();
    }
    boolean released = job.getState() == JobState.JOB_STATE_QUARANTINED && job.hasResult();
    if (job.getState() != JobState.JOB_STATE_COMPLETED && !released) {
      throw Failure.ofJob(
              job.getJobId(), state, job.getError().getCode(), job.getError().getMessage())
          .toException();
    }
  }
}

package dev.reeve.cli;

import picocli.CommandLine.Parameters;

/// The job that a command is about.
final class JobArgument {
  @Parameters(
      index = "0",
      paramLabel = "JOB",
      converter = Converters.JobId.class,
      description = "Id of the job.")
  private String jobId = "";

  String jobId() {
    return jobId;
  }
}

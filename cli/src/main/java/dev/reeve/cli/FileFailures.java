package dev.reeve.cli;

import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.cli.client.CliProblems;
import java.io.UncheckedIOException;

/// What is said when a file of the caller fails under the hands of a command.
final class FileFailures {
  private FileFailures() {}

  static ProblemException notWritable(String name, UncheckedIOException e) {
    return CliProblems.FILE_UNREADABLE
        .because(Text.quoteForMessage(name) + ": cannot be written")
        .with("cause", String.valueOf(e.getMessage()))
        .toException();
  }
}

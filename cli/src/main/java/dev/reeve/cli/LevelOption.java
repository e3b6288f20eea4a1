package dev.reeve.cli;

import dev.reeve.cli.client.CliProblems;
import dev.reeve.quantum.compiler.CompileLevel;
import picocli.CommandLine.Option;

/// How much the compiler is to try, as commands take it.
final class LevelOption {
  @Option(
      names = "--level",
      paramLabel = "N",
      description = "How much to try, 0 to 3 (default: 2).")
  private int number = CompileLevel.MEDIUM.number();

  /// @throws dev.reeve.base.ProblemException `ARGUMENT_INVALID`
  CompileLevel level() {
    return CompileLevel.of(number)
        .orElseThrow(() ->
            CliProblems.ARGUMENT_INVALID
                .field("--level", Integer.toString(number), "0 to 3")
                .toException());
  }
}

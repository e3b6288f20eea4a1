package dev.reeve.cli;

import dev.reeve.cli.client.CliProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// The option that gives inputs of a program their values, of commands that leave others open.
final class InputOption {
  private static final String NAME = "--input";

  @Option(
      names = NAME,
      paramLabel = "N=VALUE",
      description = {
        "A value for the input N of the program; float and angle",
        "inputs without one stay inputs of the output."
      })
  private List<String> inputs = new ArrayList<>();

  /// By name, written as in a program.
  ///
  /// @throws dev.reeve.base.ProblemException `ARGUMENT_INVALID`
  Map<String, String> values() {
    return values(inputs);
  }

  /// The same of what was given to such an option of another command.
  ///
  /// @throws dev.reeve.base.ProblemException `ARGUMENT_INVALID` for one without a name or a value,
  ///   and for a name that comes twice
  static Map<String, String> values(List<String> given) {
    Map<String, String> values = new TreeMap<>();
    for (String text : given) {
      int end = text.indexOf('=');
      if (end < 1 || end == text.length() - 1) {
        throw CliProblems.ARGUMENT_INVALID
            .field(NAME, text, "NAME=VALUE, such as theta=0.5")
            .toException();
      }
      if (values.putIfAbsent(text.substring(0, end), text.substring(end + 1)) != null) {
        throw CliProblems.ARGUMENT_INVALID
            .field(NAME, text, "one value for " + text.substring(0, end))
            .toException();
      }
    }
    return values;
  }
}

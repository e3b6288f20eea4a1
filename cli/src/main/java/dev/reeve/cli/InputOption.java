package dev.reeve.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// The option that gives inputs of a program their values, of commands that leave others open.
final class InputOption {
  @Option(
      names = "--input",
      paramLabel = "N=VALUE",
      description = {
        "A value for the input N of the program; float and angle",
        "inputs without one stay inputs of the output."
      })
  private Map<String, String> inputs = new TreeMap<>();

  /// By name, written as in a program.
  Map<String, String> values() {
    return inputs;
  }
}

package dev.reeve.cli;

import com.google.gson.JsonObject;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.OpenCircuits;
import dev.reeve.quantum.qasm.QasmPrinter;
import picocli.CommandLine.Option;

/// The option that says in which form a circuit is printed.
final class CircuitOutput {
  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "Print the circuit as qasm or as aqo, canonical JSON (default: qasm).")
  private String format = "qasm";

  /// A circuit made of a source as text.
  ///
  /// @throws dev.reeve.base.ProblemException `ARGUMENT_INVALID`, `AQO_NOT_EXPRESSIBLE`
  String text(Circuit circuit, CircuitFile.Open source) {
    if (!isAqo()) {
      return QasmPrinter.print(circuit, source.version(), source.inputs());
    }
    if (!OpenCircuits.inputs(circuit.operations()).isEmpty()) {
      throw CliProblems.ARGUMENT_INVALID
          .field("--format", format, "qasm, or a value for each --input: AQO has no sums of inputs")
          .toException();
    }
    return AqoFile.text(circuit) + "\n";
  }

  /// Puts the text where its form has its place.
  void addTo(JsonObject line, String text) {
    line.addProperty(isAqo() ? "aqo" : "qasm", text.stripTrailing() + (isAqo() ? "" : "\n"));
  }

  /// Whether an unknown form is asked for is seen before the work.
  void require() {
    boolean _ = isAqo();
  }

  private boolean isAqo() {
    return switch (format) {
      case "qasm" -> false;
      case "aqo" -> true;
      default ->
          throw CliProblems.ARGUMENT_INVALID.field("--format", format, "qasm or aqo").toException();
    };
  }
}

package dev.reeve.cli;

import com.google.gson.JsonObject;
import dev.reeve.base.ProblemException;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.OpenCircuits;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.qasm.QasmPrinter;
import dev.reeve.quantum.qasm.QasmVersion;
import picocli.CommandLine.Option;

/// The option that says in which form a circuit is printed.
final class CircuitOutput {
  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "Print the circuit as qasm2, qasm3 or aqo, canonical JSON; qasm is the version of the"
              + " source where that has words for all of it, else 3 (default: qasm).")
  private String format = "qasm";

  /// A circuit made of a source as text.
  ///
  /// @throws ProblemException `ARGUMENT_INVALID`, `AQO_NOT_EXPRESSIBLE`, `QASM_NOT_EXPRESSIBLE`
  String text(Circuit circuit, CircuitFile.Open source) {
    return switch (format) {
      case "qasm" ->
          source.version() == QasmVersion.V2
                  && QasmPrinter.unspeakable(circuit, QasmVersion.V2).isPresent()
              ? qasm(circuit, source, QasmVersion.V3)
              : qasm(circuit, source, source.version());
      case "qasm2" -> qasm(circuit, source, QasmVersion.V2);
      case "qasm3" -> qasm(circuit, source, QasmVersion.V3);
      case "aqo" -> aqo(circuit);
      default -> throw unknown();
    };
  }

  private static String qasm(Circuit circuit, CircuitFile.Open source, QasmVersion version) {
    boolean second = version == QasmVersion.V2;
    QasmPrinter.unspeakable(circuit, version)
        .ifPresent(operation -> {
          throw QuantumProblems.QASM_NOT_EXPRESSIBLE
              .because(
                  "OpenQASM %d has no words for %s (expected: --format %s)"
                      .formatted(second ? 2 : 3, operation, second ? "qasm3 or aqo" : "aqo"))
              .toException();
        });
    return QasmPrinter.print(circuit, version, source.inputs());
  }

  private String aqo(Circuit circuit) {
    if (!OpenCircuits.inputs(circuit.operations()).isEmpty()) {
      throw CliProblems.ARGUMENT_INVALID
          .field("--format", format, "qasm, or a value for each --input: AQO has no sums of inputs")
          .toException();
    }
    return AqoFile.text(circuit) + "\n";
  }

  /// Puts the text where its form has its place.
  void addTo(JsonObject line, String text) {
    boolean isAqo = format.equals("aqo");
    line.addProperty(isAqo ? "aqo" : "qasm", text.stripTrailing() + (isAqo ? "" : "\n"));
  }

  /// Whether an unknown form is asked for is seen before the work.
  void require() {
    switch (format) {
      case "qasm", "qasm2", "qasm3", "aqo" -> {}
      default -> throw unknown();
    }
  }

  private ProblemException unknown() {
    return CliProblems.ARGUMENT_INVALID
        .field("--format", format, "qasm, qasm2, qasm3 or aqo")
        .toException();
  }
}

package dev.reeve.cli;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoFinding;
import dev.reeve.quantum.aqo.AqoLifting;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoLowering;
import dev.reeve.quantum.aqo.AqoReader;
import dev.reeve.quantum.qasm.QasmDiagnostic;
import java.util.List;
import java.util.Map;

/// Circuits that come and go as AQO documents in JSON.
final class AqoFile {
  private AqoFile() {}

  /// The circuit of a document whose parameters have values.
  ///
  /// @throws ProblemException `AQO_...`, naming the file
  static Circuit circuit(CircuitFile file, AqoLimits limits) {
    AqoDocument document = document(file, limits);
    try {
      return AqoLowering.circuit(document, Map.of(), limits);
    } catch (ProblemException e) {
      throw inFile(file.name(), e.problem()).toException();
    }
  }

  /// The document.
  ///
  /// @throws ProblemException `AQO_...`, naming the file
  static AqoDocument document(CircuitFile file, AqoLimits limits) {
    try {
      return AqoReader.read(file.source(), limits);
    } catch (ProblemException e) {
      throw inFile(file.name(), e.problem()).toException();
    }
  }

  private static Problem inFile(String name, Problem problem) {
    String place =
        problem.metadata().containsKey("line")
            ? ":" + problem.metadata().get("line") + ":" + problem.metadata().get("column")
            : "";
    return new Problem(
        problem.code(),
        name + place + ": " + problem.message(),
        problem.detail(),
        problem.fields(),
        problem.metadata(),
        problem.retryAfter());
  }

  /// What is wrong with a document; empty when nothing is.
  static List<QasmDiagnostic> errors(CircuitFile file, AqoLimits limits) {
    return AqoReader.check(file.source(), limits).stream()
        .map(finding ->
            new QasmDiagnostic(
                finding.kind() == AqoFinding.Kind.LIMIT
                    ? QasmDiagnostic.Kind.LIMIT
                    : QasmDiagnostic.Kind.INVALID,
                file.name(),
                finding.line(),
                finding.column(),
                finding.oneLine(),
                "",
                ""))
        .toList();
  }

  /// A circuit as a document in canonical form.
  ///
  /// @throws ProblemException `AQO_NOT_EXPRESSIBLE`
  static String text(Circuit circuit) {
    return AqoLifting.document(circuit).canonical().utf8();
  }
}

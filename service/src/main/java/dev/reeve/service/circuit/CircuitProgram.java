package dev.reeve.service.circuit;

import dev.reeve.base.Bytes;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmLimits;
import dev.reeve.quantum.qasm.QasmOptions;
import dev.reeve.quantum.qasm.QasmProgram;
import dev.reeve.quantum.qasm.QasmResult;
import dev.reeve.service.ServiceProblems;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A program that a caller sent to be compiled or checked.
///
/// @param language in which it is written, as the caller named it
/// @param source its text in UTF-8
public record CircuitProgram(String language, Bytes source) {
  /// Largest source in bytes.
  public static final int SOURCE_BYTES_MAX = QasmLimits.DEFAULT.sourceBytesMax();

  private static final Set<String> ANY_VERSION = Set.of("qasm", "openqasm");
  private static final Set<String> SECOND = Set.of("qasm2", "openqasm2");
  private static final Set<String> THIRD = Set.of("qasm3", "openqasm3");
  private static final Set<String> COMPILED = Set.of("aqo", "aqo_json");

  /// @throws dev.reeve.base.ProblemException `CIRCUIT_LANGUAGE_UNKNOWN`, `CIRCUIT_SOURCE_MISSING`
  public CircuitProgram {
    if (!ANY_VERSION.contains(language)
        && !SECOND.contains(language)
        && !THIRD.contains(language)
        && !COMPILED.contains(language)) {
      throw ServiceProblems.CIRCUIT_LANGUAGE_UNKNOWN
          .field("language", language, "qasm3, qasm2, eigen-lang, aqo_json or aqo_proto")
          .toException();
    }
    if (source.isEmpty()) {
      throw ServiceProblems.CIRCUIT_SOURCE_MISSING
          .because("source: missing (expected: a program)")
          .withField("source", "expected: a program")
          .toException();
    }
  }

  /// The form in which it comes back when nothing else is asked for.
  public CircuitForm form() {
    return isCompiled() ? CircuitForm.AQO_JSON : CircuitForm.QASM3;
  }

  /// @param options of the call; those of AQO give values to parameters
  /// @throws dev.reeve.base.ProblemException `QASM_...` or `AQO_...` with every mistake and its
  ///   place, `QUANTUM_CANCELLED`
  Circuit circuit(Map<String, String> options, CancelSignal cancel) {
    return isCompiled() ? AqoPrograms.circuit(source, options) : parse(options(), cancel).circuit();
  }

  /// The circuit of a program, whose real inputs may stay open when it is written in OpenQASM.
  ///
  /// @param options of the call; `param.NAME` gives an input or parameter its value
  /// @throws dev.reeve.base.ProblemException as [#circuit], `PARAMETER_INVALID` for an input that
  ///   may not stay open
  QasmProgram.Open open(Map<String, String> options, CancelSignal cancel) {
    // Most programs have no inputs, and are read once.
    if (isCompiled() || !source.utf8().contains("input")) {
      return new QasmProgram.Open(circuit(options, cancel), List.of());
    }
    QasmProgram program = OpenQasm.prepare(source.unsafeArray(), options());
    Map<String, String> values = new TreeMap<>();
    for (String name : program.inputs()) {
      AqoPrograms.key(name, options)
          .ifPresent(key -> values.put(name, options.getOrDefault(key, "")));
    }
    return program.open(values, cancel);
  }

  /// The same for a program whose inputs or parameters may stay open.
  ///
  /// @throws dev.reeve.base.ProblemException `QASM_...` or `AQO_...` with every mistake and its
  ///   place, `QUANTUM_CANCELLED`
  void check(CancelSignal cancel) {
    if (isCompiled()) {
      AqoPrograms.check(source);
    } else {
      QasmResult.Parsed _ = parse(options().assumingInputs(), cancel);
    }
  }

  private boolean isCompiled() {
    return COMPILED.contains(language);
  }

  private QasmOptions options() {
    return QasmOptions.DEFAULT.withFileName("source").withVersion(version());
  }

  private QasmResult.Parsed parse(QasmOptions options, CancelSignal cancel) {
    return switch (OpenQasm.parse(source.unsafeArray(), options, cancel)) {
      case QasmResult.Parsed parsed -> parsed;
      case QasmResult.Rejected rejected -> throw rejected.problem().toException();
    };
  }

  private String version() {
    if (SECOND.contains(language)) {
      return "2.0";
    }
    return THIRD.contains(language) ? "3" : "";
  }
}

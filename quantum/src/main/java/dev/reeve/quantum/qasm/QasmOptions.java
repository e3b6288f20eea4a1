package dev.reeve.quantum.qasm;

import java.util.Map;
import java.util.Objects;

/// How to read a program.
///
/// @param fileName what errors call the source
/// @param version what the caller says the version is: `2`, `2.0`, `3`, `3.0`, `3.1`, or empty to
///   believe the source; a source that says otherwise is refused
/// @param limits bounds
/// @param inputs values for what the program declares as `input`, written as in a program
/// @param inputsAssumed whether inputs without a value get some, to look at a program that nobody
///   runs
public record QasmOptions(
    String fileName,
    String version,
    QasmLimits limits,
    Map<String, String> inputs,
    boolean inputsAssumed) {
  /// The source decides its version; the default bounds; no inputs.
  public static final QasmOptions DEFAULT =
      new QasmOptions("source", "", QasmLimits.DEFAULT, Map.of(), false);

  public QasmOptions {
    Objects.requireNonNull(fileName, "fileName");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(limits, "limits");
    inputs = Map.copyOf(inputs);
  }

  /// The same options for a file of this name.
  public QasmOptions withFileName(String name) {
    return new QasmOptions(name, version, limits, inputs, inputsAssumed);
  }

  /// The same options for a source that must be of this version.
  public QasmOptions withVersion(String expected) {
    return new QasmOptions(fileName, expected, limits, inputs, inputsAssumed);
  }

  /// The same options with other bounds.
  public QasmOptions withLimits(QasmLimits other) {
    return new QasmOptions(fileName, version, other, inputs, inputsAssumed);
  }

  /// The same options with values for the inputs of the program.
  public QasmOptions withInputs(Map<String, String> values) {
    return new QasmOptions(fileName, version, limits, values, inputsAssumed);
  }

  /// The same options, where inputs need no values.
  public QasmOptions assumingInputs() {
    return new QasmOptions(fileName, version, limits, inputs, true);
  }
}

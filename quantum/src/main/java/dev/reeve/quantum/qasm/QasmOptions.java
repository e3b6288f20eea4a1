package dev.reeve.quantum.qasm;

import java.util.Objects;

/// How to read a program.
///
/// @param fileName what errors call the source
/// @param version what the caller says the version is: `2`, `2.0`, `3`, `3.0`, `3.1`, or empty to
///   believe the source; a source that says otherwise is refused
/// @param limits bounds
public record QasmOptions(String fileName, String version, QasmLimits limits) {
  /// The source decides its version; the default bounds.
  public static final QasmOptions DEFAULT = new QasmOptions("source", "", QasmLimits.DEFAULT);

  public QasmOptions {
    Objects.requireNonNull(fileName, "fileName");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(limits, "limits");
  }

  /// The same options for a file of this name.
  public QasmOptions withFileName(String name) {
    return new QasmOptions(name, version, limits);
  }

  /// The same options for a source that must be of this version.
  public QasmOptions withVersion(String expected) {
    return new QasmOptions(fileName, expected, limits);
  }

  /// The same options with other bounds.
  public QasmOptions withLimits(QasmLimits other) {
    return new QasmOptions(fileName, version, other);
  }
}

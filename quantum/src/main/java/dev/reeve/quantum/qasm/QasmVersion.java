package dev.reeve.quantum.qasm;

/// The versions of the language that are told apart.
public enum QasmVersion {
  /// OpenQASM 2.0.
  V2,
  /// OpenQASM 3.0 and 3.1.
  V3
}

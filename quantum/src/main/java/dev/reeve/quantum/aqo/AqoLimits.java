package dev.reeve.quantum.aqo;

import dev.reeve.base.Check;
import dev.reeve.quantum.qasm.QasmLimits;

/// Bounds of the reader and of what a document may grow to. Going over one is a named refusal.
///
/// @param bytesMax size of a document
/// @param qubitsMax qubits it may have
/// @param bitsMax classical bits it may name
/// @param operationsMax operations, in the document and once repeated regions are unrolled
/// @param errorsMax errors reported before giving up
public record AqoLimits(
    int bytesMax, int qubitsMax, int bitsMax, int operationsMax, int errorsMax) {
  /// Objects and lists within one another; what the Protobuf form can hold as well.
  public static final int DEPTH_MAX = 24;

  /// What is used when nothing else is said. A document is longer than a program that says the
  /// same.
  public static final AqoLimits DEFAULT = of(QasmLimits.DEFAULT, 4_194_304);

  public AqoLimits {
    Check.argument(bytesMax >= 1, "bytesMax: %d (expected: >= 1)", bytesMax);
    Check.argument(qubitsMax >= 1, "qubitsMax: %d (expected: >= 1)", qubitsMax);
    Check.argument(bitsMax >= 1, "bitsMax: %d (expected: >= 1)", bitsMax);
    Check.argument(operationsMax >= 1, "operationsMax: %d (expected: >= 1)", operationsMax);
    Check.argument(errorsMax >= 1, "errorsMax: %d (expected: >= 1)", errorsMax);
  }

  /// The bounds of programs in OpenQASM, for documents of this size.
  public static AqoLimits of(QasmLimits limits, int bytesMax) {
    return new AqoLimits(
        bytesMax, limits.qubitsMax(), limits.bitsMax(), limits.operationsMax(), limits.errorsMax());
  }
}

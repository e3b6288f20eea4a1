package dev.reeve.quantum.eigenlang;

import dev.reeve.base.Check;

/// Bounds of the front end. Going over one is a named refusal.
///
/// @param sourceBytesMax size of the source
/// @param nodesMax nodes of the syntax tree
/// @param depthMax nodes within nodes
/// @param qubitsMax highest index of a qubit or bit, plus one
/// @param operationsMax operations of the circuit after loops and helpers are unrolled
/// @param stepsMax nodes worked through, loops counted each time round
/// @param errorsMax errors reported before giving up
public record EigenLangLimits(
    int sourceBytesMax,
    int nodesMax,
    int depthMax,
    int qubitsMax,
    int operationsMax,
    int stepsMax,
    int errorsMax) {
  /// What is used when nothing else is said.
  public static final EigenLangLimits DEFAULT =
      new EigenLangLimits(262_144, 50_000, 200, 4_096, 100_000, 2_000_000, 20);

  public EigenLangLimits {
    Check.argument(sourceBytesMax >= 1, "sourceBytesMax: %d (expected: >= 1)", sourceBytesMax);
    Check.argument(nodesMax >= 1, "nodesMax: %d (expected: >= 1)", nodesMax);
    Check.argument(depthMax >= 1 && depthMax <= 200, "depthMax: %d (expected: 1 to 200)", depthMax);
    Check.argument(qubitsMax >= 1, "qubitsMax: %d (expected: >= 1)", qubitsMax);
    Check.argument(operationsMax >= 1, "operationsMax: %d (expected: >= 1)", operationsMax);
    Check.argument(stepsMax >= 1, "stepsMax: %d (expected: >= 1)", stepsMax);
    Check.argument(errorsMax >= 1, "errorsMax: %d (expected: >= 1)", errorsMax);
  }
}

package dev.reeve.quantum.qasm;

import dev.reeve.base.Check;

/// Bounds of the front end. Going over one is a named refusal.
///
/// @param sourceBytesMax size of the source
/// @param tokensMax tokens in the source
/// @param nestingMax blocks within blocks, parentheses within parentheses, gates that call gates
/// @param qubitsMax qubits declared
/// @param bitsMax classical bits declared
/// @param operationsMax operations of the circuit after expansion
/// @param stepsMax statements and gate calls worked through, loops counted each time round
/// @param loopRoundsMax rounds of one loop, whether unrolled or left to the run
/// @param errorsMax errors reported before giving up
public record QasmLimits(
    int sourceBytesMax,
    int tokensMax,
    int nestingMax,
    int qubitsMax,
    int bitsMax,
    int operationsMax,
    int stepsMax,
    int loopRoundsMax,
    int errorsMax) {
  /// What is used when nothing else is said.
  public static final QasmLimits DEFAULT =
      new QasmLimits(262_144, 200_000, 64, 65_536, 65_536, 1_000_000, 4_000_000, 100_000, 20);

  public QasmLimits {
    Check.argument(sourceBytesMax >= 1, "sourceBytesMax: %d (expected: >= 1)", sourceBytesMax);
    Check.argument(tokensMax >= 1, "tokensMax: %d (expected: >= 1)", tokensMax);
    Check.argument(
        nestingMax >= 1 && nestingMax <= 200, "nestingMax: %d (expected: 1 to 200)", nestingMax);
    Check.argument(qubitsMax >= 1, "qubitsMax: %d (expected: >= 1)", qubitsMax);
    Check.argument(bitsMax >= 1, "bitsMax: %d (expected: >= 1)", bitsMax);
    Check.argument(operationsMax >= 1, "operationsMax: %d (expected: >= 1)", operationsMax);
    Check.argument(stepsMax >= 1, "stepsMax: %d (expected: >= 1)", stepsMax);
    Check.argument(loopRoundsMax >= 1, "loopRoundsMax: %d (expected: >= 1)", loopRoundsMax);
    Check.argument(errorsMax >= 1, "errorsMax: %d (expected: >= 1)", errorsMax);
  }

  /// The same bounds for another size of source.
  public QasmLimits withSourceBytesMax(int bytes) {
    return new QasmLimits(
        bytes,
        tokensMax,
        nestingMax,
        qubitsMax,
        bitsMax,
        operationsMax,
        stepsMax,
        loopRoundsMax,
        errorsMax);
  }

  /// The same bounds for other numbers of steps.
  QasmLimits withStepsMax(int steps) {
    return new QasmLimits(
        sourceBytesMax,
        tokensMax,
        nestingMax,
        qubitsMax,
        bitsMax,
        operationsMax,
        steps,
        loopRoundsMax,
        errorsMax);
  }
}

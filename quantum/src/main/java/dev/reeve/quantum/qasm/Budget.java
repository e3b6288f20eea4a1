package dev.reeve.quantum.qasm;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.QuantumProblems;

/// Counts the work of lowering, so that a short program cannot ask for an endless one, and asks now
/// and then whether anybody still wants the result.
final class Budget {
  private static final int ASK_EVERY = 1 << 10;

  /// Parts that the values of the run may have for each operation that there may be.
  private static final int CODE_PARTS_EACH = 8;

  private final QasmLimits limits;
  private final Diagnostics diagnostics;
  private final CancelSignal cancel;
  private int steps;
  private long operations;
  private long codeParts;

  Budget(QasmLimits limits, Diagnostics diagnostics, CancelSignal cancel) {
    this.limits = limits;
    this.diagnostics = diagnostics;
    this.cancel = cancel;
  }

  QasmLimits limits() {
    return limits;
  }

  /// Counts a statement or gate call that is worked through.
  ///
  /// @throws ProblemException `QUANTUM_CANCELLED`
  void step(int offset) {
    if (++steps > limits.stepsMax()) {
      throw diagnostics.limit(
          offset, "the program takes more than %d steps to expand".formatted(limits.stepsMax()));
    }
    if (steps % ASK_EVERY == 0 && cancel.isCancelled()) {
      throw QuantumProblems.QUANTUM_CANCELLED.because("cancelled while compiling").toException();
    }
  }

  /// Counts the work on many bits or elements at once, of which 16 are worth a step.
  void elements(int count, int offset) {
    if (count >= 16) {
      steps = (int) Math.min(Integer.MAX_VALUE - 1L, steps + (long) (count >> 4));
      step(offset);
    }
  }

  /// Counts operations of the circuit.
  void operations(long count, int offset) {
    operations += count;
    requireOperations(operations, offset);
  }

  /// Counts the parts of a value of the run, which is worked out anew each time it is needed.
  void code(ClassicalExpression code, int offset) {
    int parts = CodeSize.parts(code);
    if (parts > CodeSize.PARTS_MAX) {
      throw diagnostics.limit(
          offset, "a value of the run with more than %d parts".formatted(CodeSize.PARTS_MAX));
    }
    codeParts += parts;
    if (codeParts > (long) CODE_PARTS_EACH * limits.operationsMax()) {
      throw diagnostics.limit(
          offset,
          "values of the run with more than %d parts together"
              .formatted((long) CODE_PARTS_EACH * limits.operationsMax()));
    }
  }

  /// Refuses a gate that would expand to more operations than a circuit may have.
  void requireOperations(long count, int offset) {
    if (count > limits.operationsMax()) {
      throw diagnostics.limit(
          offset,
          "the circuit expands to more than %d operations".formatted(limits.operationsMax()));
    }
  }
}

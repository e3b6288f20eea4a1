package dev.reeve.quantum;

import dev.reeve.base.Check;
import java.util.List;
import java.util.Objects;

/// One step of a circuit. Qubits count from 0 over all registers in order of declaration; classical
/// bits have addresses in classical memory, see [Circuit].
public sealed interface Operation permits GateOperation, Operation.Classical, Operation.Quantum {
  /// What acts on qubits without being a gate.
  sealed interface Quantum extends Operation {}

  /// What decides or computes.
  sealed interface Classical extends Operation {}

  /// Measures a qubit in the computational basis.
  ///
  /// @param bit address that takes the outcome, or [#DISCARD]
  record Measure(int qubit, int bit) implements Quantum {
    /// The address of an outcome nobody keeps.
    public static final int DISCARD = -1;

    public Measure {
      Check.argument(qubit >= 0, "qubit: %d (expected: >= 0)", qubit);
      Check.argument(bit >= DISCARD, "bit: %d (expected: >= -1)", bit);
    }
  }

  /// Puts a qubit into the zero state.
  record Reset(int qubit) implements Quantum {
    public Reset {
      Check.argument(qubit >= 0, "qubit: %d (expected: >= 0)", qubit);
    }
  }

  /// Leaves a qubit alone for a time. What acts on the qubit is not moved across it; without noise
  /// that depends on time it does nothing.
  ///
  /// @param nanoseconds at least 0
  record Delay(int qubit, double nanoseconds) implements Quantum {
    /// The longest delay of a program: some eleven days.
    public static final double NANOSECONDS_MAX = 1e15;

    public Delay {
      Check.argument(qubit >= 0, "qubit: %d (expected: >= 0)", qubit);
      Check.argument(
          nanoseconds >= 0 && nanoseconds < Double.POSITIVE_INFINITY,
          "nanoseconds: %s (expected: >= 0)",
          nanoseconds);
    }
  }

  /// Keeps operations on these qubits from being moved across it.
  record Barrier(Indexes qubits) implements Quantum {
    public Barrier {
      Objects.requireNonNull(qubits, "qubits");
    }
  }

  /// Writes classical bits: the lowest bit of the value to the first address, and so on.
  ///
  /// @param bits at most 64 addresses
  record AssignBits(Indexes bits, ClassicalExpression value) implements Classical {
    public AssignBits {
      Objects.requireNonNull(value, "value");
      Check.argument(
          bits.size() >= 1 && bits.size() <= ClassicalExpression.WIDTH_MAX,
          "bits: %d (expected: 1 to 64)",
          bits.size());
    }
  }

  /// Writes a variable.
  record AssignVariable(int slot, ClassicalExpression value) implements Classical {
    public AssignVariable {
      Objects.requireNonNull(value, "value");
      Check.argument(slot >= 0, "slot: %d (expected: >= 0)", slot);
    }
  }

  /// Runs one of two regions, as the condition says when it is reached.
  record If(ClassicalExpression condition, List<Operation> then, List<Operation> otherwise)
      implements Classical {
    public If {
      Objects.requireNonNull(condition, "condition");
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /// Repeats a region while the condition is not zero.
  ///
  /// @param iterationsMax more than these are refused while running
  record While(ClassicalExpression condition, List<Operation> body, int iterationsMax)
      implements Classical {
    public While {
      Objects.requireNonNull(condition, "condition");
      body = List.copyOf(body);
      Check.argument(iterationsMax >= 1, "iterationsMax: %d (expected: >= 1)", iterationsMax);
    }
  }
}

package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.clifford.CliffordGate;

/// One instruction of a [Plan]. Qubits are those of the plan; jumps name the position to go on at.
sealed interface Step {
  /// What changes the amplitudes without any draw.
  sealed interface Unitary extends Step {}

  /// A kernel of the state vector.
  sealed interface Kernel extends Unitary {
    void run(StateVector vector);
  }

  record Apply(ComplexMatrix matrix, int target, long mask, long value) implements Kernel {
    @Override
    public void run(StateVector vector) {
      vector.apply(matrix, target, mask, value);
    }
  }

  record ApplyDense(ComplexMatrix matrix, Indexes targets, long mask, long value)
      implements Kernel {
    @Override
    public void run(StateVector vector) {
      vector.applyDense(matrix, targets.toArray(), mask, value);
    }
  }

  record Flip(int target, long mask, long value) implements Kernel {
    @Override
    public void run(StateVector vector) {
      vector.flip(target, mask, value);
    }
  }

  record Swap(int first, int second, long mask, long value) implements Kernel {
    @Override
    public void run(StateVector vector) {
      vector.swap(first, second, mask, value);
    }
  }

  record Phase(double re, double im, long mask, long value) implements Kernel {
    @Override
    public void run(StateVector vector) {
      vector.phase(re, im, mask, value);
    }
  }

  /// A matrix on some qubits, controls included; the first is the least significant.
  record Whole(ComplexMatrix matrix, Indexes qubits) implements Unitary {}

  /// A gate on some qubits, controls included, whose matrix is too large to be kept.
  record Wide(GateOperation gate, Indexes qubits) implements Unitary {}

  /// A gate on a stabilizer state.
  record Clifford(CliffordGate gate, int first, int second) implements Step {}

  /// Measures into a bit, or into nothing.
  record Measure(int qubit, int bit) implements Step {}

  /// Reads a bit wrongly at times.
  record Misread(int bit, Readout readout) implements Step {}

  /// What goes wrong with these qubits; on one qubit unless they are depolarised together.
  record Noise(NoiseChannel channel, Indexes qubits) implements Step {}

  record Reset(int qubit) implements Step {}

  record AssignBits(Indexes bits, ClassicalExpression value) implements Step {}

  record AssignVariable(int slot, ClassicalExpression value) implements Step {}

  record Jump(int position) implements Step {}

  record JumpIfZero(ClassicalExpression condition, int position) implements Step {}

  record EnterLoop(int loop) implements Step {}

  /// Counts a round of a loop; one more than the bound is refused.
  record CountRound(int loop, int roundsMax) implements Step {
    /// @throws dev.reeve.base.ProblemException `SIMULATION_LOOP_EXCEEDED`
    void count(ClassicalMemory memory) {
      if (memory.countRound(loop) > roundsMax) {
        throw QuantumProblems.SIMULATION_LOOP_EXCEEDED
            .because("while: more than %d rounds in one shot".formatted(roundsMax))
            .toException();
      }
    }
  }
}

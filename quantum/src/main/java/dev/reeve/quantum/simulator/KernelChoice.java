package dev.reeve.quantum.simulator;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Picks the cheapest kernels for a gate: nothing for the identity, an exchange for flips and
/// swaps, a phase on the part of the state that changes for whatever is diagonal.
final class KernelChoice {
  private final List<Step> out;
  private final IntUnaryOperator qubits;

  /// Appends to `out`; `qubits` gives the plan's number of a circuit's qubit.
  KernelChoice(List<Step> out, IntUnaryOperator qubits) {
    this.out = out;
    this.qubits = qubits;
  }

  void add(GateOperation operation) {
    long mask = 0;
    long value = 0;
    for (int i = 0; i < operation.controlCount(); i++) {
      long bit = bit(operation.control(i));
      mask |= bit;
      value |= operation.controlValue(i) ? bit : 0;
    }
    switch (operation.gate()) {
      case I -> {}
      case GPHASE -> phase(operation.angle(0), mask, value);
      case X -> out.add(new Step.Flip(target(operation, 0), mask, value));
      case SWAP -> out.add(new Step.Swap(target(operation, 0), target(operation, 1), mask, value));
      case RZZ -> parityPhase(operation, mask, value);
      case Y, Z, H, S, SDG, T, TDG, SX, SXDG, P, RX, RY, RZ, U ->
          oneQubit(operation.matrix(), operation.target(0), mask, value);
      case RXX, RYY -> dense(operation, mask, value);
      case UNITARY -> {
        if (operation.targetCount() == 1) {
          oneQubit(operation.matrix(), operation.target(0), mask, value);
        } else {
          dense(operation, mask, value);
        }
      }
    }
  }

  private void oneQubit(ComplexMatrix m, int qubit, long mask, long value) {
    boolean diagonal = m.re(0, 1) == 0 && m.im(0, 1) == 0 && m.re(1, 0) == 0 && m.im(1, 0) == 0;
    if (!diagonal) {
      out.add(new Step.Apply(m, qubits.applyAsInt(qubit), mask, value));
      return;
    }
    double re = m.re(0, 0);
    double im = m.im(0, 0);
    phase(re, im, mask, value);
    // The rest is the second cell over the first; both have modulus 1.
    double restRe = m.re(1, 1) * re + m.im(1, 1) * im;
    double restIm = m.im(1, 1) * re - m.re(1, 1) * im;
    phase(restRe, restIm, mask | bit(qubit), value | bit(qubit));
  }

  /// exp(-i a ZZ / 2): a phase of the whole, and another where the two qubits differ.
  private void parityPhase(GateOperation operation, long mask, long value) {
    double angle = operation.angle(0);
    long first = bit(operation.target(0));
    long second = bit(operation.target(1));
    phase(-angle / 2, mask, value);
    phase(angle, mask | first | second, value | first);
    phase(angle, mask | first | second, value | second);
  }

  private void dense(GateOperation operation, long mask, long value) {
    int[] targets = new int[operation.targetCount()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = target(operation, i);
    }
    out.add(new Step.ApplyDense(operation.matrix(), Indexes.of(targets), mask, value));
  }

  private void phase(double angle, long mask, long value) {
    phase(Math.cos(angle), Math.sin(angle), mask, value);
  }

  private void phase(double re, double im, long mask, long value) {
    if (re != 1 || im != 0) {
      out.add(new Step.Phase(re, im, mask, value));
    }
  }

  private int target(GateOperation operation, int position) {
    return qubits.applyAsInt(operation.target(position));
  }

  private long bit(int qubit) {
    return 1L << qubits.applyAsInt(qubit);
  }
}

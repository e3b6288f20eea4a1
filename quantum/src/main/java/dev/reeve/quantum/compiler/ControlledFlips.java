package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Takes flips under many controls apart into flips under one, a number of them that grows with the
/// controls as a line does. It borrows qubits that have nothing to do with the flip, whatever state
/// they are in, and gives them back as they were (Barenco and others 1995, lemmas 7.2 and 7.3).
final class ControlledFlips {
  private final List<Operation> out;
  private final int qubits;

  /// @param qubits of the circuit
  ControlledFlips(List<Operation> out, int qubits) {
    this.out = out;
    this.qubits = qubits;
  }

  /// Whether there is a qubit to borrow for a flip under so many controls.
  boolean canBorrow(int controls) {
    return controls <= 2 || controls + 1 < qubits;
  }

  /// Adds the flip of a qubit under any number of controls.
  ///
  /// @param controls all different, and none the target; three or more only where [#canBorrow(int)]
  ///   holds
  void add(int[] controls, int target) {
    switch (controls.length) {
      case 0 -> out.add(GateOperation.of(Gate.X, target));
      case 1 -> flip(controls[0], target);
      case 2 -> exact(controls[0], controls[1], target);
      default -> many(controls, target);
    }
  }

  private void many(int[] controls, int target) {
    int[] idle = idle(controls, target);
    if (idle.length >= controls.length - 2) {
      ladders(controls, idle, target);
      return;
    }
    // Twice a flip of the borrowed qubit under one half, and of the target under it and the other
    // half: what the borrowed qubit held before falls out.
    int half = (controls.length + 1) / 2;
    int[] first = Arrays.copyOf(controls, half);
    int[] second = Arrays.copyOfRange(controls, half, controls.length + 1);
    second[second.length - 1] = idle[0];
    for (int i = 0; i < 2; i++) {
      add(first, idle[0]);
      add(second, target);
    }
  }

  /// The qubits of the circuit that the flip leaves alone.
  private int[] idle(int[] controls, int target) {
    BitSet busy = new BitSet(qubits);
    busy.set(target);
    for (int control : controls) {
      busy.set(control);
    }
    int[] idle = new int[Math.min(controls.length, qubits - controls.length - 1)];
    int next = -1;
    for (int i = 0; i < idle.length; i++) {
      next = busy.nextClearBit(next + 1);
      idle[i] = next;
    }
    return idle;
  }

  /// With a borrowed qubit for each control but two. The ladder on the borrowed qubits is the same
  /// both times and undoes itself, so that its steps may leave phases that the cheaper form of a
  /// flip under two controls has.
  private void ladders(int[] controls, int[] idle, int target) {
    int top = controls.length - 1;
    for (int i = 0; i < 2; i++) {
      exact(controls[top], idle[top - 2], target);
      for (int step = top - 1; step >= 2; step--) {
        relative(controls[step], idle[step - 2], idle[step - 1]);
      }
      relative(controls[0], controls[1], idle[0]);
      for (int step = 2; step <= top - 1; step++) {
        relative(controls[step], idle[step - 2], idle[step - 1]);
      }
    }
  }

  private void flip(int control, int target) {
    out.add(GateOperation.of(Gate.X, target).controlledBy(control, true));
  }

  private void gate(Gate gate, int qubit) {
    out.add(GateOperation.of(gate, qubit));
  }

  /// A flip under two controls: the textbook six flips.
  private void exact(int first, int second, int target) {
    gate(Gate.H, target);
    flip(second, target);
    gate(Gate.TDG, target);
    flip(first, target);
    gate(Gate.T, target);
    flip(second, target);
    gate(Gate.TDG, target);
    flip(first, target);
    gate(Gate.T, second);
    gate(Gate.T, target);
    gate(Gate.H, target);
    flip(first, second);
    gate(Gate.T, first);
    gate(Gate.TDG, second);
    flip(first, second);
  }

  /// A flip under two controls but for phases of basis states, by three flips; its own inverse.
  private void relative(int first, int second, int target) {
    gate(Gate.H, target);
    gate(Gate.T, target);
    flip(second, target);
    gate(Gate.TDG, target);
    flip(first, target);
    gate(Gate.T, target);
    flip(second, target);
    gate(Gate.TDG, target);
    gate(Gate.H, target);
  }
}

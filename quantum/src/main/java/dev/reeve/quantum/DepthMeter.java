package dev.reeve.quantum;

import java.util.Arrays;
import java.util.List;

/// Works out the depth of a circuit: the level each qubit and classical bit has reached. Variables
/// share one level, since they are few and order what reads them.
final class DepthMeter {
  private final int bitBase;
  private final int variableWire;
  private int[] levels;

  DepthMeter(Circuit circuit) {
    this.bitBase = circuit.qubits();
    this.variableWire = circuit.qubits() + circuit.bits();
    this.levels = new int[variableWire + 1];
  }

  int depth() {
    return Arrays.stream(levels).max().orElse(0);
  }

  void walk(List<Operation> operations) {
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate -> gate(gate);
        case Operation.Measure(int qubit, int bit) -> measure(qubit, bit);
        case Operation.Reset(int qubit) -> levels[qubit]++;
        case Operation.Barrier(Indexes qubits) -> barrier(qubits);
        case Operation.Delay _ -> {}
        case Operation.AssignBits(Indexes bits, ClassicalExpression value) -> {
          int level = level(value);
          for (int i = 0; i < bits.size(); i++) {
            raise(bitBase + bits.get(i), level);
          }
        }
        case Operation.AssignVariable(int _, ClassicalExpression value) ->
            raise(variableWire, level(value));
        case Operation.If branch -> branch(branch);
        case Operation.While loop -> {
          Footprint touched = Footprint.of(loop.body());
          start(touched, level(loop.condition()));
          walk(loop.body());
        }
      }
    }
  }

  private void gate(GateOperation gate) {
    int level = 0;
    for (int i = 0; i < gate.qubitCount(); i++) {
      level = Math.max(level, levels[gate.qubit(i)]);
    }
    for (int i = 0; i < gate.qubitCount(); i++) {
      levels[gate.qubit(i)] = level + 1;
    }
  }

  private void measure(int qubit, int bit) {
    int level = levels[qubit];
    if (bit != Operation.Measure.DISCARD) {
      level = Math.max(level, levels[bitBase + bit]);
      levels[bitBase + bit] = level + 1;
    }
    levels[qubit] = level + 1;
  }

  private void barrier(Indexes qubits) {
    int level = 0;
    for (int i = 0; i < qubits.size(); i++) {
      level = Math.max(level, levels[qubits.get(i)]);
    }
    for (int i = 0; i < qubits.size(); i++) {
      levels[qubits.get(i)] = level;
    }
  }

  /// Nothing in a branch can start before its condition is known.
  private void branch(Operation.If branch) {
    int condition = level(branch.condition());
    start(Footprint.of(branch.then()), condition);
    start(Footprint.of(branch.otherwise()), condition);
    int[] before = levels.clone();
    walk(branch.then());
    int[] afterThen = levels;
    levels = before;
    walk(branch.otherwise());
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.max(levels[i], afterThen[i]);
    }
  }

  private void start(Footprint touched, int level) {
    touched.qubits().stream().forEach(qubit -> raise(qubit, level));
    touched.bitsWritten().stream().forEach(bit -> raise(bitBase + bit, level));
  }

  private void raise(int wire, int level) {
    levels[wire] = Math.max(levels[wire], level);
  }

  private int level(ClassicalExpression expression) {
    return switch (expression) {
      case ClassicalExpression.Constant _ -> 0;
      case ClassicalExpression.Bits(Indexes addresses) -> {
        int level = 0;
        for (int i = 0; i < addresses.size(); i++) {
          level = Math.max(level, levels[bitBase + addresses.get(i)]);
        }
        yield level;
      }
      case ClassicalExpression.Variable _ -> levels[variableWire];
      case ClassicalExpression.Unary unary -> level(unary.operand());
      case ClassicalExpression.Binary binary ->
          Math.max(level(binary.left()), level(binary.right()));
      case ClassicalExpression.Wrap wrap -> level(wrap.operand());
    };
  }
}

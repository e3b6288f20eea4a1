package dev.reeve.quantum.compiler;

import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what happens on a pair of qubits while neither meets another one, and builds it anew
/// where that takes fewer controlled flips. Reads one-qubit gates and controlled flips; what inputs
/// decide stays where it is.
final class Resynthesis {
  private static final double TOLERANCE = 1e-13;

  private final List<Operation> out = new ArrayList<>();
  private final @Nullable Block[] open;

  /// Gates on two qubits, in order.
  private static final class Block {
    private final int first;
    private final int second;
    private final List<GateOperation> gates = new ArrayList<>();
    private int flips;

    Block(int first, int second) {
      this.first = first;
      this.second = second;
    }

    void add(GateOperation gate) {
      gates.add(gate);
      flips += gate.qubitCount() == 2 ? 1 : 0;
    }
  }

  private Resynthesis(int qubits) {
    this.open = new Block[qubits];
  }

  static List<Operation> shorten(List<Operation> operations, int qubits) {
    Resynthesis work = new Resynthesis(qubits);
    for (Operation operation : operations) {
      if (operation instanceof GateOperation gate && !gate.isOpen()) {
        work.gate(gate);
      } else {
        Qubits.each(operation, (_, qubit) -> work.close(qubit));
        work.out.add(operation);
      }
    }
    for (int qubit = 0; qubit < qubits; qubit++) {
      work.close(qubit);
    }
    return work.out;
  }

  private void gate(GateOperation gate) {
    Block block = open[gate.qubit(0)];
    if (gate.qubitCount() == 2) {
      if (block == null || block != open[gate.qubit(1)]) {
        close(gate.qubit(0));
        close(gate.qubit(1));
        block = new Block(gate.qubit(0), gate.qubit(1));
        open[gate.qubit(0)] = block;
        open[gate.qubit(1)] = block;
      }
      block.add(gate);
    } else if (block == null) {
      out.add(gate);
    } else {
      block.add(gate);
    }
  }

  private void close(int qubit) {
    Block block = open[qubit];
    if (block != null) {
      open[block.first] = null;
      open[block.second] = null;
      out.addAll(shortest(block));
    }
  }

  private static List<? extends Operation> shortest(Block block) {
    if (block.flips < 2) {
      return block.gates;
    }
    Matrix4 matrix = Matrix4.identity();
    block.gates.forEach(gate -> matrix.then(gate, block.first));
    if (WeylDecomposition.flipsAtLeast(matrix) >= block.flips) {
      return block.gates;
    }
    WeylDecomposition decomposition = WeylDecomposition.of(matrix);
    if (decomposition.flips() >= block.flips) {
      return block.gates;
    }
    List<Operation> built = PairSynthesis.build(decomposition, block.first, block.second);
    Matrix4 check = Matrix4.identity();
    built.forEach(operation -> check.then((GateOperation) operation, block.first));
    return check.overlap(matrix) > 1 - TOLERANCE ? built : block.gates;
  }
}

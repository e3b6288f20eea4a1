package dev.reeve.bench;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Circuits of well-known families, for us and, a gate to a line, for peers.
///
/// @param circuit ours; every qubit measured at the end
/// @param lines `NAME ANGLES QUBITS`
record SampleCircuits(Circuit circuit, List<String> lines) {
  SampleCircuits {
    lines = List.copyOf(lines);
  }

  private static final class Builder {
    private final int qubits;
    private final List<Operation> operations = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    Builder(int qubits) {
      this.qubits = qubits;
    }

    void gate(String name, GateOperation operation) {
      operations.add(operation);
      StringBuilder line = new StringBuilder(name);
      for (int i = 0; i < operation.gate().angles(); i++) {
        line.append(String.format(Locale.ROOT, " %.17g", operation.angle(i)));
      }
      for (int i = 0; i < operation.controlCount(); i++) {
        line.append(' ').append(operation.control(i));
      }
      for (int i = 0; i < operation.targetCount(); i++) {
        line.append(' ').append(operation.target(i));
      }
      lines.add(line.toString());
    }

    void cx(int control, int target) {
      gate("cx", GateOperation.of(Gate.X, target).controlledBy(control, true));
    }

    SampleCircuits build() {
      return new SampleCircuits(Circuit.of(qubits, 0, operations), lines);
    }
  }

  /// The Fourier transform with its exchanges.
  static SampleCircuits fourier(int qubits) {
    Builder builder = new Builder(qubits);
    for (int target = qubits - 1; target >= 0; target--) {
      builder.gate("h", GateOperation.of(Gate.H, target));
      for (int control = 0; control < target; control++) {
        double[] angle = {Math.PI / (1L << (target - control))};
        builder.gate("cp", GateOperation.of(Gate.P, angle, target).controlledBy(control, true));
      }
    }
    for (int i = 0; i < qubits / 2; i++) {
      builder.gate("swap", GateOperation.of(Gate.SWAP, i, qubits - 1 - i));
    }
    return builder.build();
  }

  /// Quantum volume: as many layers as qubits, each of random gates on random pairs.
  static SampleCircuits volume(int qubits) {
    SplitMix random = new SplitMix(qubits);
    Builder builder = new Builder(qubits);
    for (int layer = 0; layer < qubits; layer++) {
      int[] order = shuffled(qubits, random);
      for (int i = 0; i + 1 < qubits; i += 2) {
        for (int round = 0; round < 4; round++) {
          for (int j = 0; j < 2; j++) {
            double[] angles = {
              random.nextDouble() * 3, random.nextDouble() * 6, random.nextDouble() * 6, 0
            };
            builder.gate("u", GateOperation.of(Gate.U, angles, order[i + j]));
          }
          if (round < 3) {
            builder.cx(order[i], order[i + 1]);
          }
        }
      }
    }
    return builder.build();
  }

  /// Three layers of QAOA on a ring with chords.
  static SampleCircuits optimization(int qubits) {
    Builder builder = new Builder(qubits);
    for (int qubit = 0; qubit < qubits; qubit++) {
      builder.gate("h", GateOperation.of(Gate.H, qubit));
    }
    for (int layer = 0; layer < 3; layer++) {
      for (int qubit = 0; qubit < qubits; qubit++) {
        for (int far : new int[] {1, 5}) {
          double[] angle = {0.3 + layer * 0.1};
          builder.gate("rzz", GateOperation.of(Gate.RZZ, angle, qubit, (qubit + far) % qubits));
        }
      }
      for (int qubit = 0; qubit < qubits; qubit++) {
        builder.gate("rx", GateOperation.of(Gate.RX, new double[] {0.7 + layer}, qubit));
      }
    }
    return builder.build();
  }

  /// Fifty layers of random Clifford gates on all qubits and on random pairs.
  static SampleCircuits clifford(int qubits) {
    SplitMix random = new SplitMix(qubits);
    Builder builder = new Builder(qubits);
    Gate[] gates = {Gate.H, Gate.S, Gate.SX};
    for (int layer = 0; layer < 50; layer++) {
      for (int qubit = 0; qubit < qubits; qubit++) {
        Gate gate = gates[(int) (random.nextDouble() * gates.length)];
        builder.gate(gate.name().toLowerCase(Locale.ROOT), GateOperation.of(gate, qubit));
      }
      int[] order = shuffled(qubits, random);
      for (int i = 0; i + 1 < qubits; i += 2) {
        builder.cx(order[i], order[i + 1]);
      }
    }
    return builder.build();
  }

  private static int[] shuffled(int qubits, SplitMix random) {
    int[] order = new int[qubits];
    for (int i = 0; i < qubits; i++) {
      int other = (int) (random.nextDouble() * (i + 1));
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }
}

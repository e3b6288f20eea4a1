package dev.reeve.quantum.compiler;

import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The two-qubit gates of a circuit and which one follows which: all that routing looks at. The
/// arrays are read by every run, and written by none.
final class PairGates {
  private final int[] first;
  private final int[] second;
  private final int[] operation;
  private final int[][] next;
  private final int[] needs;

  private PairGates(int count) {
    first = new int[count];
    second = new int[count];
    operation = new int[count];
    next = new int[count][2];
    needs = new int[count];
  }

  /// One qubit of a gate.
  int first(int gate) {
    return first[gate];
  }

  /// The other one.
  int second(int gate) {
    return second[gate];
  }

  /// The place of a gate in the circuit.
  int operation(int gate) {
    return operation[gate];
  }

  /// The gate that follows on the first qubit (side 0) or on the second one; -1 for none.
  int next(int gate, int side) {
    return next[gate][side];
  }

  /// How many gates come right before each.
  int[] needs() {
    return needs.clone();
  }

  static PairGates of(List<Operation> operations, int qubits) {
    List<int[]> found = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      if (operations.get(i) instanceof GateOperation gate && gate.qubitCount() == 2) {
        found.add(new int[] {gate.qubit(0), gate.qubit(1), i});
      }
    }
    return chained(found, qubits);
  }

  private static PairGates chained(List<int[]> found, int qubits) {
    int count = found.size();
    PairGates gates = new PairGates(count);
    int[] last = new int[qubits];
    Arrays.fill(last, -1);
    for (int i = 0; i < count; i++) {
      int[] gate = found.get(i);
      gates.first[i] = gate[0];
      gates.second[i] = gate[1];
      gates.operation[i] = gate[2];
      gates.next[i][0] = -1;
      gates.next[i][1] = -1;
      for (int side = 0; side < 2; side++) {
        int before = last[gate[side]];
        if (before >= 0) {
          gates.next[before][gates.first[before] == gate[side] ? 0 : 1] = i;
          gates.needs[i]++;
        }
        last[gate[side]] = i;
      }
    }
    return gates;
  }

  /// The same gates the other way round.
  PairGates reversed(int qubits) {
    List<int[]> found = new ArrayList<>();
    for (int i = first.length - 1; i >= 0; i--) {
      found.add(new int[] {first[i], second[i], operation[i]});
    }
    return chained(found, qubits);
  }

  int count() {
    return first.length;
  }
}

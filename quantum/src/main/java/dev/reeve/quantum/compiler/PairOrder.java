package dev.reeve.quantum.compiler;

import java.util.Arrays;

/// The blocks of [PairGates] and their order in one direction, as arrays. Read by every run, and
/// written by none.
final class PairOrder {
  /// In place of a barrier where there is none.
  static final int NONE = -1;

  final int count;
  final int[] first;
  final int[] second;
  final int[] flips;

  /// By block: its group on the first and on the second qubit.
  final int[] firstGroup;

  final int[] secondGroup;

  /// By qubit and group: its blocks; none where the group is a barrier.
  final int[][][] members;

  /// By barrier: its qubits, each once.
  final int[][] barriers;

  /// By qubit and group: the barrier that it is; empty for a qubit without.
  private final int[][] barrierAt;

  private PairOrder(PairGates gates, int qubits, boolean backwards) {
    this.count = gates.count();
    this.first = new int[count];
    this.second = new int[count];
    this.flips = new int[count];
    this.firstGroup = new int[count];
    this.secondGroup = new int[count];
    this.members = new int[qubits][][];
    for (int qubit = 0; qubit < qubits; qubit++) {
      int groups = gates.groups(qubit);
      members[qubit] = new int[groups][];
      for (int group = 0; group < groups; group++) {
        members[qubit][backwards ? groups - 1 - group : group] =
            gates.members(qubit, group).stream().mapToInt(Integer::intValue).toArray();
      }
    }
    for (int node = 0; node < count; node++) {
      first[node] = gates.first(node);
      second[node] = gates.second(node);
      flips[node] = gates.flips(node);
      firstGroup[node] = place(gates, node, 0, first[node], backwards);
      secondGroup[node] = place(gates, node, 1, second[node], backwards);
    }
    this.barriers = new int[gates.barriers().size()][];
    this.barrierAt = new int[qubits][0];
    for (int i = 0; i < barriers.length; i++) {
      PairGates.Barrier barrier = gates.barriers().get(i);
      barriers[i] = barrier.qubits().toArray();
      for (int side = 0; side < barriers[i].length; side++) {
        int qubit = barriers[i][side];
        int groups = members[qubit].length;
        if (barrierAt[qubit].length == 0) {
          barrierAt[qubit] = new int[groups];
          Arrays.fill(barrierAt[qubit], NONE);
        }
        int group = barrier.groups().get(side);
        barrierAt[qubit][backwards ? groups - 1 - group : group] = i;
      }
    }
  }

  private static int place(PairGates gates, int node, int side, int qubit, boolean backwards) {
    int group = gates.group(node, side);
    return backwards ? gates.groups(qubit) - 1 - group : group;
  }

  /// First to last.
  static PairOrder forth(PairGates gates, int qubits) {
    return new PairOrder(gates, qubits, false);
  }

  /// Last to first.
  static PairOrder back(PairGates gates, int qubits) {
    return new PairOrder(gates, qubits, true);
  }

  /// The barrier that a group of a qubit is, or [#NONE].
  int barrier(int qubit, int group) {
    return group < barrierAt[qubit].length ? barrierAt[qubit][group] : NONE;
  }

  /// The group after one of a qubit, or after the barrier that comes next.
  int after(int qubit, int group) {
    return barrier(qubit, group + 1) == NONE ? group + 1 : group + 2;
  }

  /// The group of a block on one of its qubits.
  int group(int node, int qubit) {
    return first[node] == qubit ? firstGroup[node] : secondGroup[node];
  }

  /// The other qubit of a block.
  int partner(int node, int qubit) {
    return first[node] == qubit ? second[node] : first[node];
  }

  /// Controlled flips of a swap right after a block that need not be put in.
  int saved(int node) {
    return flips[node] == 3 ? 3 : 2;
  }
}

package dev.reeve.quantum.compiler;

/// The blocks of [PairGates] and their order in one direction, as arrays. Read by every run, and
/// written by none.
final class PairOrder {
  final int count;
  final int[] first;
  final int[] second;
  final int[] flips;

  /// By block: its group on the first and on the second qubit.
  final int[] firstGroup;

  final int[] secondGroup;

  /// By qubit and group: its blocks.
  final int[][][] members;

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

package dev.reeve.quantum.compiler;

/// Says where an exchange right after a block, which becomes one with it and costs nothing, brings
/// its qubits nearer to those that they meet next (McKinney, Hatridge and Jones 2024). Looks at
/// what a run changes.
final class FreeSwap {
  /// What the blocks that a qubit meets next weigh, the first one first.
  private static final double[] NEXT = {1, 0.5, 0.25};

  private static final double SAME = 1e-10;

  private final PairOrder order;
  private final Layout layout;
  private final int[] group;
  private final double[] cost;

  /// @param group by qubit, where the run has got to
  /// @param cost of two qubits of the device that a block waits for, by both
  FreeSwap(PairOrder order, Layout layout, int[] group, double[] cost) {
    this.order = order;
    this.layout = layout;
    this.group = group;
    this.cost = cost;
  }

  /// @param first a qubit of the circuit beside the other one
  boolean helps(int first, int second) {
    int from = layout.physical(first);
    int to = layout.physical(second);
    return change(first, from, to, second) + change(second, to, from, first) < -SAME;
  }

  private double change(int qubit, int from, int to, int other) {
    int[][] members = order.members[qubit];
    int rowFrom = from * layout.size();
    int rowTo = to * layout.size();
    double change = 0;
    for (int i = 0; i < NEXT.length && group[qubit] + i < members.length; i++) {
      int[] nodes = members[group[qubit] + i];
      for (int node : nodes) {
        int partner = order.partner(node, qubit);
        if (partner != other) {
          int place = layout.physical(partner);
          change += NEXT[i] * (cost[rowTo + place] - cost[rowFrom + place]) / nodes.length;
        }
      }
    }
    return change;
  }
}

package dev.reeve.quantum.compiler;

/// The blocks that come next after those whose turn it is, breadth first, and which qubits wait for
/// which in them. Not thread-safe.
final class LookAhead {
  private final PairOrder order;

  /// By qubit of the circuit: those that it meets soon.
  private final PartnerLists partners;

  private final int[] nodes;
  private int size;
  private final int[] seen;
  private int mark;
  private int[] queue;

  /// @param most how many blocks are seen
  LookAhead(PairOrder order, int qubits, int most) {
    this.order = order;
    this.partners = new PartnerLists(qubits);
    this.nodes = new int[most];
    this.seen = new int[order.count];
    this.queue = new int[2 * most];
  }

  /// Looks again.
  ///
  /// @param front blocks whose turn it is
  void fill(int[] front, int frontSize) {
    for (int i = 0; i < size; i++) {
      partners.clear(order.first[nodes[i]]);
      partners.clear(order.second[nodes[i]]);
    }
    size = 0;
    mark++;
    if (queue.length < frontSize + nodes.length) {
      queue = new int[2 * (frontSize + nodes.length)];
    }
    int head = 0;
    int tail = 0;
    for (int i = 0; i < frontSize; i++) {
      queue[tail++] = front[i];
      seen[front[i]] = mark;
    }
    while (head < tail && size < nodes.length) {
      int node = queue[head++];
      tail = follow(order.first[node], order.firstGroup[node] + 1, tail);
      tail = follow(order.second[node], order.secondGroup[node] + 1, tail);
    }
  }

  private int follow(int qubit, int next, int tail) {
    int end = tail;
    if (next < order.members[qubit].length) {
      for (int node : order.members[qubit][next]) {
        if (size == nodes.length) {
          break;
        }
        if (seen[node] != mark) {
          seen[node] = mark;
          nodes[size++] = node;
          partners.add(order.first[node], order.second[node]);
          partners.add(order.second[node], order.first[node]);
          queue[end++] = node;
        }
      }
    }
    return end;
  }

  int size() {
    return size;
  }

  int node(int place) {
    return nodes[place];
  }

  /// See the field.
  PartnerLists partners() {
    return partners;
  }
}

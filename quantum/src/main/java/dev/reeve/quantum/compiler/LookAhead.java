package dev.reeve.quantum.compiler;

/// The blocks that come next after those whose turn it is, breadth first, and which qubits wait for
/// which in them. Not thread-safe.
final class LookAhead {
  private final PairOrder order;
  private final Changes changes;

  /// By qubit of the circuit: those that it meets soon.
  private final PartnerLists partners;

  private int[] nodes;
  private int size;
  private int[] before;
  private final int[] seen;

  /// By block: the look in which it was last one of the next.
  private final int[] next;

  private int look = 1;
  private int[] queue;

  /// @param most how many blocks are seen
  LookAhead(PairOrder order, int qubits, int most, Changes changes) {
    this.order = order;
    this.changes = changes;
    this.partners = new PartnerLists(qubits);
    this.nodes = new int[most];
    this.before = new int[most];
    this.seen = new int[order.count];
    this.next = new int[order.count];
    this.queue = new int[2 * most];
  }

  /// Looks again.
  ///
  /// @param front blocks whose turn it is
  void fill(int[] front, int frontSize) {
    int[] old = nodes;
    int oldSize = size;
    nodes = before;
    before = old;
    collect(front, frontSize);
    for (int i = 0; i < size; i++) {
      int node = nodes[i];
      if (next[node] != look - 1) {
        partners.add(order.first[node], order.second[node]);
        partners.add(order.second[node], order.first[node]);
        changed(node);
      }
      next[node] = look;
    }
    for (int i = 0; i < oldSize; i++) {
      int node = old[i];
      if (next[node] != look) {
        partners.remove(order.first[node], order.second[node]);
        partners.remove(order.second[node], order.first[node]);
        changed(node);
      }
    }
  }

  private void changed(int node) {
    changes.changed(order.first[node]);
    changes.changed(order.second[node]);
  }

  private void collect(int[] front, int frontSize) {
    size = 0;
    look++;
    if (queue.length < frontSize + nodes.length) {
      queue = new int[2 * (frontSize + nodes.length)];
    }
    int head = 0;
    int tail = 0;
    for (int i = 0; i < frontSize; i++) {
      queue[tail++] = front[i];
      seen[front[i]] = look;
    }
    while (head < tail && size < nodes.length) {
      int node = queue[head++];
      tail =
          follow(order.first[node], order.after(order.first[node], order.firstGroup[node]), tail);
      tail =
          follow(
              order.second[node], order.after(order.second[node], order.secondGroup[node]), tail);
    }
  }

  private int follow(int qubit, int group, int tail) {
    int end = tail;
    if (group < order.members[qubit].length) {
      for (int node : order.members[qubit][group]) {
        if (size == nodes.length) {
          break;
        }
        if (seen[node] != look) {
          seen[node] = look;
          nodes[size++] = node;
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

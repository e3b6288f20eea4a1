package dev.reeve.quantum.compiler;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.OpenAngle;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What routing looks at: the stretches of a circuit in which two qubits meet and no third one, and
/// which of them must come before which. On each qubit they stand in groups; a group can begin when
/// the one before it is through, and within a group any order does the same, since all of it
/// commutes. Read by every run, and written by none.
final class PairGates {
  private static final double TOLERANCE = 1e-9;

  /// What an operation commutes with on one of its qubits.
  private enum Axis {
    Z,
    X,
    NONE
  }

  /// Gates on one pair, in order.
  private static final class Block {
    private final int first;
    private final int second;
    private final List<Integer> operations = new ArrayList<>();
    private final Matrix4 matrix = Matrix4.identity();
    private int flips;

    /// On one qubit, after the last gate on both: part of the block once they meet again.
    private final List<Integer> waiting = new ArrayList<>();

    Block(int first, int second) {
      this.first = first;
      this.second = second;
    }
  }

  /// A group of its own on each of its qubits, which all get there before any goes on.
  ///
  /// @param index its place in the source
  /// @param qubits each once
  /// @param groups on these
  record Barrier(int index, Indexes qubits, Indexes groups) {}

  private final List<Operation> source;
  private final boolean commuting;
  private final @Nullable Block[] open;
  private final List<Block> blocks = new ArrayList<>();

  /// By qubit: the axis of what came last, and the group that this is in.
  private final Axis[] lastAxis;

  private final int[] lastGroup;

  /// By qubit: whether blocks are in the last group.
  private final boolean[] groupHasBlocks;

  private final List<int[]> groups = new ArrayList<>();
  private final List<List<List<Integer>>> members = new ArrayList<>();

  private final List<Barrier> barriers = new ArrayList<>();

  /// By qubit, what is no block: its place in the source, and the group it goes before.
  private final List<List<int[]>> singles = new ArrayList<>();

  private PairGates(List<Operation> source, int qubits, boolean commuting) {
    this.source = source;
    this.commuting = commuting;
    this.open = new Block[qubits];
    this.lastAxis = new Axis[qubits];
    this.lastGroup = new int[qubits];
    this.groupHasBlocks = new boolean[qubits];
    for (int i = 0; i < qubits; i++) {
      lastAxis[i] = Axis.NONE;
      lastGroup[i] = -1;
      members.add(new ArrayList<>());
      singles.add(new ArrayList<>());
    }
  }

  /// @param commuting whether the order of what commutes is left open
  static PairGates of(List<Operation> operations, int qubits, boolean commuting) {
    PairGates gates = new PairGates(operations, qubits, commuting);
    for (int i = 0; i < operations.size(); i++) {
      gates.add(i);
    }
    for (int qubit = 0; qubit < qubits; qubit++) {
      gates.close(qubit);
    }
    return gates;
  }

  private void add(int index) {
    Operation operation = source.get(index);
    if (operation instanceof GateOperation gate && gate.qubitCount() == 2) {
      int a = gate.qubit(0);
      int b = gate.qubit(1);
      Block block = open[a];
      if (block == null || block != open[b]) {
        close(a);
        close(b);
        block = new Block(a, b);
        open[a] = block;
        open[b] = block;
      }
      for (int waiting : block.waiting) {
        block.operations.add(waiting);
        block.matrix.then(sampled((GateOperation) source.get(waiting)), block.first);
      }
      block.waiting.clear();
      block.operations.add(index);
      block.matrix.then(gate, block.first);
      block.flips++;
    } else if (operation instanceof GateOperation gate) {
      Block block = open[gate.target(0)];
      if (block == null) {
        single(index);
      } else {
        block.waiting.add(index);
      }
    } else if (operation instanceof Operation.Barrier barrier) {
      barrier(index, Arrays.stream(barrier.qubits().toArray()).distinct().toArray());
    } else {
      Qubits.each(operation, (_, qubit) -> close(qubit));
      single(index);
    }
  }

  /// Of what inputs decide only what it commutes with is asked.
  private static GateOperation sampled(GateOperation gate) {
    return gate.isOpen() ? gate.withAngle(OpenAngle.of(gate.openAngle().sample())) : gate;
  }

  private void barrier(int index, int[] qubits) {
    for (int qubit : qubits) {
      close(qubit);
    }
    int[] groups = new int[qubits.length];
    for (int i = 0; i < qubits.length; i++) {
      groups[i] = ++lastGroup[qubits[i]];
      members.get(qubits[i]).add(List.of());
      lastAxis[qubits[i]] = Axis.NONE;
      groupHasBlocks[qubits[i]] = false;
    }
    if (qubits.length > 0) {
      barriers.add(new Barrier(index, Indexes.of(qubits), Indexes.of(groups)));
    }
  }

  private void close(int qubit) {
    Block block = open[qubit];
    if (block == null) {
      return;
    }
    open[block.first] = null;
    open[block.second] = null;
    int node = blocks.size();
    blocks.add(block);
    groups.add(
        new int[] {
          join(node, block.first, axis(block, 0)), join(node, block.second, axis(block, 1))
        });
    block.waiting.forEach(this::single);
  }

  private Axis axis(Block block, int bit) {
    if (!commuting) {
      return Axis.NONE;
    }
    return block.matrix.commutesWithZ(bit, TOLERANCE)
        ? Axis.Z
        : block.matrix.commutesWithX(bit, TOLERANCE) ? Axis.X : Axis.NONE;
  }

  /// @return the group of a block on one of its qubits
  private int join(int node, int qubit, Axis axis) {
    if (axis == Axis.NONE || axis != lastAxis[qubit] || !groupHasBlocks[qubit]) {
      lastGroup[qubit]++;
      members.get(qubit).add(new ArrayList<>());
    }
    lastAxis[qubit] = axis;
    groupHasBlocks[qubit] = true;
    members.get(qubit).getLast().add(node);
    return lastGroup[qubit];
  }

  /// What acts on one qubit goes before the group it is in, or before the next one.
  private void single(int index) {
    Operation operation = source.get(index);
    Axis axis = axis(operation);
    Qubits.each(
        operation,
        (_, qubit) -> {
          boolean inside = axis != Axis.NONE && axis == lastAxis[qubit] && groupHasBlocks[qubit];
          if (!inside) {
            lastAxis[qubit] = axis;
            groupHasBlocks[qubit] = false;
          }
          singles
              .get(qubit)
              .add(new int[] {index, inside ? lastGroup[qubit] : lastGroup[qubit] + 1});
        });
  }

  private Axis axis(Operation operation) {
    if (!commuting || !(operation instanceof GateOperation gate)) {
      return Axis.NONE;
    }
    ComplexMatrix m = sampled(gate).matrix();
    if (Math.hypot(m.re(0, 1), m.im(0, 1)) < TOLERANCE) {
      return Axis.Z;
    }
    boolean aboutX =
        Math.hypot(m.re(0, 0) - m.re(1, 1), m.im(0, 0) - m.im(1, 1)) < TOLERANCE
            && Math.hypot(m.re(0, 1) - m.re(1, 0), m.im(0, 1) - m.im(1, 0)) < TOLERANCE;
    return aboutX ? Axis.X : Axis.NONE;
  }

  int count() {
    return blocks.size();
  }

  /// One qubit of a block.
  int first(int node) {
    return blocks.get(node).first;
  }

  /// The other one.
  int second(int node) {
    return blocks.get(node).second;
  }

  /// Controlled flips of a block as it is written, at most the three that any can be built from.
  int flips(int node) {
    return Math.min(3, blocks.get(node).flips);
  }

  /// Places in the source of what a block is made of, in order.
  List<Integer> operations(int node) {
    return blocks.get(node).operations;
  }

  /// In the order of the source.
  List<Barrier> barriers() {
    return barriers;
  }

  /// The group of a block on its first qubit (side 0) or on its second one.
  int group(int node, int side) {
    return groups.get(node)[side];
  }

  /// Number of groups on a qubit.
  int groups(int qubit) {
    return members.get(qubit).size();
  }

  /// Blocks of a group; none where it is a barrier.
  List<Integer> members(int qubit, int group) {
    return members.get(qubit).get(group);
  }

  /// See the field.
  List<int[]> singles(int qubit) {
    return singles.get(qubit);
  }
}

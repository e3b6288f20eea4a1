package dev.reeve.quantum.compiler;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a circuit of one-qubit gates and controlled flips shorter: gates on the same qubit become
/// one, flips that undo each other go, also when what stands between commutes with them. Turns that
/// inputs decide are one with the same turn beside them. Phases of the whole are left out.
final class Simplifier {
  private static final double TOLERANCE = 1e-10;

  /// Flips further apart are not looked for.
  private static final int REACH = 64;

  private static final int ROUNDS_MAX = 20;

  private Simplifier() {}

  static List<Operation> simplify(List<Operation> operations, int qubits) {
    List<Operation> before = merge(operations, qubits);
    for (int round = 0; round < ROUNDS_MAX; round++) {
      List<Operation> after = merge(cancel(before, qubits), qubits);
      if (after.size() == before.size()) {
        return after;
      }
      before = after;
    }
    return before;
  }

  /// One gate in place of several on the same qubit, and none in place of one that does nothing.
  private static List<Operation> merge(List<Operation> operations, int qubits) {
    List<Operation> out = new ArrayList<>(operations.size());
    @Nullable ComplexMatrix[] waiting = new ComplexMatrix[qubits];
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate when gate.isOpen() -> {
          flush(gate.target(0), waiting, out);
          out.add(gate);
        }
        case GateOperation gate when gate.qubitCount() == 1 -> {
          ComplexMatrix before = waiting[gate.target(0)];
          waiting[gate.target(0)] = before == null ? gate.matrix() : gate.matrix().times(before);
        }
        case GateOperation gate -> {
          for (int i = 0; i < gate.qubitCount(); i++) {
            flush(gate.qubit(i), waiting, out);
          }
          out.add(gate);
        }
        case Operation.Measure measure -> {
          flush(measure.qubit(), waiting, out);
          out.add(measure);
        }
        case Operation.Reset reset -> {
          waiting[reset.qubit()] = null;
          out.add(reset);
        }
        case Operation.Delay delay -> {
          flush(delay.qubit(), waiting, out);
          out.add(delay);
        }
        case Operation.Barrier barrier -> {
          for (int i = 0; i < barrier.qubits().size(); i++) {
            flush(barrier.qubits().get(i), waiting, out);
          }
          out.add(barrier);
        }
        case Operation.Classical classical ->
            throw new IllegalStateException(classical + " in a circuit without decisions");
      }
    }
    for (int qubit = 0; qubit < qubits; qubit++) {
      flush(qubit, waiting, out);
    }
    return OpenTurns.merge(out);
  }

  private static void flush(int qubit, @Nullable ComplexMatrix[] waiting, List<Operation> out) {
    ComplexMatrix matrix = waiting[qubit];
    waiting[qubit] = null;
    if (matrix != null && !isIdentity(matrix)) {
      out.add(GateOperation.unitary(matrix, qubit));
    }
  }

  /// Up to a phase.
  private static boolean isIdentity(ComplexMatrix m) {
    return isDiagonal(m) && isSmall(m.re(0, 0) - m.re(1, 1), m.im(0, 0) - m.im(1, 1));
  }

  private static boolean isDiagonal(ComplexMatrix m) {
    return isSmall(m.re(0, 1), m.im(0, 1));
  }

  /// A rotation about X, up to a phase.
  private static boolean isAboutX(ComplexMatrix m) {
    return isSmall(m.re(0, 0) - m.re(1, 1), m.im(0, 0) - m.im(1, 1))
        && isSmall(m.re(0, 1) - m.re(1, 0), m.im(0, 1) - m.im(1, 0));
  }

  private static boolean isSmall(double re, double im) {
    return re * re + im * im < TOLERANCE * TOLERANCE;
  }

  private static List<Operation> cancel(List<Operation> operations, int qubits) {
    @Nullable Operation[] kept = operations.toArray(Operation[]::new);
    int[][] wires = Wires.of(operations, qubits);
    int[][] places = places(operations, qubits);
    for (int i = 0; i < kept.length; i++) {
      if (kept[i] instanceof GateOperation gate && isFlip(gate)) {
        int partner = partner(kept, wires, places, i, gate);
        if (partner >= 0) {
          kept[i] = null;
          kept[partner] = null;
        }
      }
    }
    List<Operation> out = new ArrayList<>(kept.length);
    for (Operation operation : kept) {
      if (operation != null) {
        out.add(operation);
      }
    }
    return out;
  }

  private static boolean isFlip(GateOperation gate) {
    return gate.gate() == Gate.X && gate.controlCount() == 1;
  }

  /// The next flip of the same pair that this one can be moved up to; -1 when there is none.
  private static int partner(
      @Nullable Operation[] kept, int[][] wires, int[][] places, int index, GateOperation flip) {
    int control = flip.control(0);
    int target = flip.target(0);
    int onControl = next(kept, wires[control], places[index][1], control, true, flip);
    if (onControl < 0) {
      return -1;
    }
    int onTarget = next(kept, wires[target], places[index][0], target, false, flip);
    return onControl == onTarget ? onControl : -1;
  }

  /// Along one wire, the first operation that is the same flip; -1 when something that does not
  /// commute comes before it.
  private static int next(
      @Nullable Operation[] kept,
      int[] wire,
      int place,
      int qubit,
      boolean asControl,
      GateOperation flip) {
    for (int i = place + 1; i < Math.min(wire.length, place + REACH); i++) {
      Operation other = kept[wire[i]];
      if (other == null) {
        continue;
      }
      if (!(other instanceof GateOperation gate)) {
        return -1;
      }
      if (isFlip(gate) && gate.control(0) == flip.control(0) && gate.target(0) == flip.target(0)) {
        return wire[i];
      }
      if (!commutes(gate, qubit, asControl)) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean commutes(GateOperation gate, int qubit, boolean asControl) {
    if (gate.isOpen()) {
      return asControl ? gate.gate() == Gate.RZ || gate.gate() == Gate.P : gate.gate() == Gate.RX;
    }
    if (gate.qubitCount() == 1) {
      return asControl ? isDiagonal(gate.matrix()) : isAboutX(gate.matrix());
    }
    return isFlip(gate) && (asControl ? gate.control(0) == qubit : gate.target(0) == qubit);
  }

  /// Where each operation stands on the wire of its first qubit, of its second one, and so on.
  private static int[][] places(List<Operation> operations, int qubits) {
    int[] next = new int[qubits];
    int[][] places = new int[operations.size()][];
    for (int i = 0; i < places.length; i++) {
      int[] here = new int[Qubits.count(operations.get(i))];
      Qubits.each(operations.get(i), (position, qubit) -> here[position] = next[qubit]++);
      places[i] = here;
    }
    return places;
  }
}

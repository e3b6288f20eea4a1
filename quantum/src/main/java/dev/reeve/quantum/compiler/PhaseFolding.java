package dev.reeve.quantum.compiler;

import dev.reeve.quantum.ComplexMatrix;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.OpenAngle;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Adds up turns about Z that turn by the same parity, wherever they stand. Between gates that make
/// superpositions a qubit holds the parity of some of the values that were there before: a
/// controlled flip adds one parity to another, a flip turns it round. Two turns by one parity are
/// one, at the first of the two places.
///
/// Reads one-qubit gates and controlled flips; what is anything else, or is not to be moved across,
/// begins a new value on its qubits. Phases of the whole are left out.
final class PhaseFolding {
  private static final double TOLERANCE = 1e-12;

  /// Parities are sums of the numbers of values, drawn at random: that two different ones of a
  /// circuit agree in 128 bits does not happen.
  private static final long SEED = 0x5EED;

  /// @param negated whether it is the opposite
  private record Parity(long high, long low, boolean negated) {
    Parity plus(Parity other) {
      return new Parity(high ^ other.high, low ^ other.low, negated ^ other.negated);
    }

    Parity flipped() {
      return new Parity(high, low, !negated);
    }

    Parity key() {
      return negated ? flipped() : this;
    }
  }

  /// Turns by one parity.
  private static final class Turn {
    private final int index;
    private final boolean negated;
    private OpenAngle angle = OpenAngle.of(0);
    private int gates;

    Turn(int index, boolean negated) {
      this.index = index;
      this.negated = negated;
    }
  }

  private final SplitMix random = new SplitMix(SEED);
  private final Parity[] held;
  private final Map<Parity, Turn> turns = new HashMap<>();

  /// By place in the circuit: whether its operation went into an earlier one.
  private final boolean[] gone;

  private PhaseFolding(int qubits, int operations) {
    this.held = new Parity[qubits];
    this.gone = new boolean[operations];
    for (int qubit = 0; qubit < qubits; qubit++) {
      begin(qubit);
    }
  }

  static List<Operation> fold(List<Operation> operations, int qubits) {
    PhaseFolding folding = new PhaseFolding(qubits, operations.size());
    for (int i = 0; i < operations.size(); i++) {
      folding.add(operations.get(i), i);
    }
    return folding.folded(operations);
  }

  /// A value that nothing is known of.
  private void begin(int qubit) {
    held[qubit] = new Parity(random.nextLong(), random.nextLong(), false);
  }

  private void add(Operation operation, int index) {
    if (operation instanceof GateOperation gate && gate.qubitCount() == 1) {
      add(gate, index);
    } else if (operation instanceof GateOperation gate && isFlip(gate)) {
      int target = gate.target(0);
      Parity control = held[gate.control(0)];
      held[target] = held[target].plus(gate.controlValue(0) ? control : control.flipped());
    } else {
      Qubits.each(operation, (_, qubit) -> begin(qubit));
    }
  }

  private static boolean isFlip(GateOperation gate) {
    return gate.gate() == Gate.X && gate.controlCount() == 1;
  }

  private void add(GateOperation gate, int index) {
    int qubit = gate.qubit(0);
    if (gate.isOpen()) {
      if (gate.gate() == Gate.RZ || gate.gate() == Gate.P) {
        turn(qubit, gate.openAngle(), index);
      } else {
        begin(qubit);
      }
      return;
    }
    ComplexMatrix m = gate.matrix();
    if (Math.hypot(m.re(0, 1), m.im(0, 1)) < TOLERANCE && gate.controlCount() == 0) {
      double angle = Math.atan2(m.im(1, 1), m.re(1, 1)) - Math.atan2(m.im(0, 0), m.re(0, 0));
      turn(qubit, OpenAngle.of(angle), index);
    } else if (Math.hypot(m.re(0, 0), m.im(0, 0)) < TOLERANCE && gate.controlCount() == 0) {
      // What it turns besides stays with it.
      held[qubit] = held[qubit].flipped();
    } else {
      begin(qubit);
    }
  }

  private void turn(int qubit, OpenAngle angle, int index) {
    Parity parity = held[qubit];
    Turn turn = turns.computeIfAbsent(parity.key(), _ -> new Turn(index, parity.negated()));
    turn.angle = turn.angle.plus(turn.negated == parity.negated() ? angle : angle.times(-1));
    turn.gates++;
    gone[index] = turn.index != index;
  }

  private List<Operation> folded(List<Operation> operations) {
    Map<Integer, Turn> merged = new HashMap<>();
    for (Turn turn : turns.values()) {
      if (turn.gates > 1) {
        merged.put(turn.index, turn);
      }
    }
    if (merged.isEmpty()) {
      return operations;
    }
    List<Operation> out = new ArrayList<>(operations.size());
    for (int i = 0; i < gone.length; i++) {
      Turn turn = merged.get(i);
      if (turn != null) {
        double angle = Math.IEEEremainder(turn.angle.offset(), 2 * Math.PI);
        if (Math.abs(angle) > TOLERANCE || !turn.angle.isKnown()) {
          int qubit = ((GateOperation) operations.get(i)).target(0);
          out.add(GateOperation.open(Gate.P, new OpenAngle(angle, turn.angle.factors()), qubit));
        }
      } else if (!gone[i]) {
        out.add(operations.get(i));
      }
    }
    return out;
  }
}

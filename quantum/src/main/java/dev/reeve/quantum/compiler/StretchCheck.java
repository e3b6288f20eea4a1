package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares a stretch of operations with what became of it on a device.
///
/// Where every measurement comes last on its qubit, and both measure the same qubits into the same
/// bits, the gates are compared as unitaries, and each bit must be measured from the same qubit the
/// last time. Else every measurement copies its qubit onto one of its own that nothing else
/// touches, and every reset puts it there (deferred measurement): what is the same then leaves the
/// same states behind for all outcomes. A difference is told where measurements alone are in the
/// way; with resets and with outcomes that nobody keeps it is unknown.
final class StretchCheck {
  /// A measurement or reset: into this bit for the so-manieth time.
  ///
  /// @param bit negative for a reset, and for an outcome that nobody keeps
  private record Event(int bit, boolean reset, int count) {}

  /// A qubit of the device, where it is at the end, that is measured into a bit.
  private record Outcome(int place, int bit) {}

  private final int size;
  private final Tolerance tolerance;
  private final Map<Event, Integer> copies = new HashMap<>();
  private boolean loses;

  private StretchCheck(int size, Tolerance tolerance) {
    this.size = size;
    this.tolerance = tolerance;
  }

  /// @param initial the device's qubit on which each qubit of the source begins
  /// @param moves where what began on each qubit of the device ends
  /// @param seed of random states
  /// @param budget of following states
  static Certificate compare(
      List<Operation> source,
      List<Operation> compiled,
      Indexes initial,
      Indexes moves,
      Tolerance tolerance,
      long seed,
      CheckBudget budget) {
    List<Operation> placed = new ArrayList<>();
    for (Operation operation : source) {
      if (!(operation instanceof Operation.Barrier)) {
        placed.add(Relabelled.of(operation, initial::get));
      }
    }
    return measuresLast(placed)
            && measuresLast(compiled)
            && measured(placed, moves).equals(measured(compiled, Indexes.range(0, moves.size())))
        ? lastMeasured(placed, compiled, moves, tolerance, seed, budget)
        : new StretchCheck(moves.size(), tolerance).deferred(placed, compiled, moves, seed, budget);
  }

  private static Certificate lastMeasured(
      List<Operation> placed,
      List<Operation> compiled,
      Indexes moves,
      Tolerance tolerance,
      long seed,
      CheckBudget budget) {
    Map<Integer, Integer> found = outcomes(compiled);
    for (Map.Entry<Integer, Integer> outcome : outcomes(placed).entrySet()) {
      Integer qubit = found.get(outcome.getKey());
      if (qubit == null || qubit != moves.get(outcome.getValue())) {
        return Certificate.of(false, Certificate.Method.DISTRIBUTION);
      }
    }
    List<GateOperation> expected = gates(placed);
    expected.addAll(moves(moves));
    return UnitaryCheck.compare(expected, gates(compiled), tolerance, seed, budget);
  }

  private Certificate deferred(
      List<Operation> placed,
      List<Operation> compiled,
      Indexes moves,
      long seed,
      CheckBudget budget) {
    List<GateOperation> expected = copied(placed);
    Map<Event, Integer> wanted = Map.copyOf(copies);
    expected.addAll(moves(moves));
    Certificate certificate =
        UnitaryCheck.compare(expected, copied(compiled), tolerance, seed, budget);
    boolean same = certificate.equivalent().orElse(false) && wanted.equals(copies);
    if (same || certificate.equivalent().isEmpty()) {
      return certificate;
    }
    return loses ? Certificate.unknown() : Certificate.of(false, certificate.method());
  }

  /// The gates, with a qubit of its own for each measurement and reset.
  private List<GateOperation> copied(List<Operation> operations) {
    List<GateOperation> gates = new ArrayList<>();
    Map<Event, Integer> counts = new HashMap<>();
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate -> gates.add(gate);
        case Operation.Measure(int qubit, int bit) -> {
          int copy = copy(bit, false, counts);
          gates.add(GateOperation.of(Gate.X, copy).controlledBy(qubit, true));
        }
        case Operation.Reset(int qubit) ->
            gates.add(GateOperation.of(Gate.SWAP, qubit, copy(-1, true, counts)));
        case Operation.Barrier _, Operation.Delay _ -> {}
        case Operation.Classical classical ->
            throw new IllegalStateException(classical + " in a stretch without decisions");
      }
    }
    return gates;
  }

  private int copy(int bit, boolean reset, Map<Event, Integer> counts) {
    loses |= bit < 0;
    Event event = new Event(bit, reset, counts.merge(new Event(bit, reset, 0), 1, Integer::sum));
    return copies.computeIfAbsent(event, _ -> size + copies.size());
  }

  private static List<GateOperation> gates(List<Operation> operations) {
    List<GateOperation> gates = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation instanceof GateOperation gate) {
        gates.add(gate);
      }
    }
    return gates;
  }

  /// How often each qubit is measured into each bit, and to be kept nowhere.
  ///
  /// @param ends where what is on each qubit ends
  private static Map<Outcome, Integer> measured(List<Operation> operations, Indexes ends) {
    Map<Outcome, Integer> counts = new HashMap<>();
    for (Operation operation : operations) {
      if (operation instanceof Operation.Measure(int qubit, int bit)) {
        counts.merge(new Outcome(ends.get(qubit), bit), 1, Integer::sum);
      }
    }
    return counts;
  }

  /// Which qubit each bit is measured from, the last time.
  private static Map<Integer, Integer> outcomes(List<Operation> operations) {
    Map<Integer, Integer> outcomes = new HashMap<>();
    for (Operation operation : operations) {
      if (operation instanceof Operation.Measure(int qubit, int bit)
          && bit != Operation.Measure.DISCARD) {
        outcomes.put(bit, qubit);
      }
    }
    return outcomes;
  }

  /// Whether nothing follows a measurement on its qubit, and nothing is reset or decided.
  static boolean measuresLast(List<Operation> operations) {
    BitSet measured = new BitSet();
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate -> {
          for (int i = 0; i < gate.qubitCount(); i++) {
            if (measured.get(gate.qubit(i))) {
              return false;
            }
          }
        }
        case Operation.Measure measure -> measured.set(measure.qubit());
        case Operation.Reset _, Operation.Classical _ -> {
          return false;
        }
        case Operation.Barrier _, Operation.Delay _ -> {}
      }
    }
    return true;
  }

  /// Swaps that carry every qubit, the fillers too, from where it began to where it ended.
  private static List<GateOperation> moves(Indexes moves) {
    int[] goal = moves.toArray();
    int[] at = new int[goal.length];
    Arrays.setAll(at, i -> i);
    List<GateOperation> swaps = new ArrayList<>();
    for (int place = 0; place < goal.length; place++) {
      int from = place;
      while (goal[at[from]] != place) {
        from++;
      }
      if (from != place) {
        swaps.add(GateOperation.of(Gate.SWAP, from, place));
        int kept = at[from];
        at[from] = at[place];
        at[place] = kept;
      }
    }
    return swaps;
  }
}

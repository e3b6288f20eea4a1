package dev.reeve.quantum.compiler;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.List;

/// Compares two circuits that make the same decisions at the same places: they do the same when
/// every stretch between decisions does. Where it does not nothing is said of the whole.
final class RegionCheck {
  private final Indexes places;
  private final Tolerance tolerance;
  private final long seed;
  private final List<Certificate> parts = new ArrayList<>();
  private final CheckBudget budget = new CheckBudget(CancelSignal.NEVER);

  private RegionCheck(int qubits, Tolerance tolerance, long seed) {
    this.tolerance = tolerance;
    this.places = Indexes.range(0, qubits);
    this.seed = seed;
  }

  /// @param seed of random states
  static Certificate compare(Circuit first, Circuit second, Tolerance tolerance, long seed) {
    RegionCheck check = new RegionCheck(Math.max(first.qubits(), second.qubits()), tolerance, seed);
    return places(first).equals(places(second))
            && check.isSame(first.operations(), second.operations())
        ? Certificate.all(check.parts)
        : Certificate.unknown();
  }

  /// Where the bits of the result are.
  private static List<Indexes> places(Circuit circuit) {
    return circuit.bitRegisters().stream()
        .map(register -> Indexes.of(register.offset(), register.size()))
        .toList();
  }

  private boolean isSame(List<Operation> first, List<Operation> second) {
    List<Stretch> one = Stretch.of(first);
    List<Stretch> other = Stretch.of(second);
    boolean same = one.size() == other.size();
    for (int i = 0; same && i < one.size(); i++) {
      same = isSame(one.get(i), other.get(i));
    }
    return same;
  }

  private boolean isSame(Stretch one, Stretch other) {
    if (one.end().isPresent() != other.end().isPresent()
        || (one.end().isPresent() && !isSame(one.end().get(), other.end().orElseThrow()))) {
      return false;
    }
    Certificate part =
        StretchCheck.compare(
            one.operations(), other.operations(), places, places, tolerance, seed, budget);
    parts.add(part);
    return part.equivalent().orElse(false);
  }

  private boolean isSame(Operation.Classical one, Operation.Classical other) {
    return switch (one) {
      case Operation.If(var condition, var then, var otherwise) ->
          other instanceof Operation.If branch
              && condition.equals(branch.condition())
              && isSame(then, branch.then())
              && isSame(otherwise, branch.otherwise());
      case Operation.While(var condition, var body, int iterationsMax) ->
          other instanceof Operation.While loop
              && condition.equals(loop.condition())
              && iterationsMax == loop.iterationsMax()
              && isSame(body, loop.body());
      case Operation.AssignBits _, Operation.AssignVariable _ -> one.equals(other);
    };
  }
}

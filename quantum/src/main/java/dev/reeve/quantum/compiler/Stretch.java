package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Operations without a decision among them, and the classical operation that ends them. A circuit
/// with decisions is a list of stretches; so are the regions of each decision.
///
/// @param operations gates, measurements, resets and barriers
/// @param end empty for the last one
record Stretch(List<Operation> operations, Optional<Operation.Classical> end) {
  Stretch {
    operations = List.copyOf(operations);
  }

  /// Whether there is nothing that decides or computes.
  static boolean isWhole(List<Operation> operations) {
    return operations.stream().noneMatch(Operation.Classical.class::isInstance);
  }

  /// As many as there are classical operations, and one more.
  static List<Stretch> of(List<Operation> operations) {
    List<Stretch> stretches = new ArrayList<>();
    List<Operation> straight = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation instanceof Operation.Classical classical) {
        stretches.add(new Stretch(straight, Optional.of(classical)));
        straight.clear();
      } else {
        straight.add(operation);
      }
    }
    stretches.add(new Stretch(straight, Optional.empty()));
    return stretches;
  }

  /// The same circuit with a pass over each of its stretches, those in regions too.
  static List<Operation> map(List<Operation> operations, UnaryOperator<List<Operation>> pass) {
    if (isWhole(operations)) {
      return pass.apply(operations);
    }
    List<Operation> out = new ArrayList<>();
    for (Stretch stretch : of(operations)) {
      if (!stretch.operations().isEmpty()) {
        out.addAll(pass.apply(stretch.operations()));
      }
      stretch.end().ifPresent(end -> out.add(within(end, pass)));
    }
    return out;
  }

  private static Operation within(Operation.Classical end, UnaryOperator<List<Operation>> pass) {
    return switch (end) {
      case Operation.If branch ->
          new Operation.If(
              branch.condition(), map(branch.then(), pass), map(branch.otherwise(), pass));
      case Operation.While loop ->
          new Operation.While(loop.condition(), map(loop.body(), pass), loop.iterationsMax());
      case Operation.AssignBits assignment -> assignment;
      case Operation.AssignVariable assignment -> assignment;
    };
  }

  /// Every stretch, one after the other, those in regions where the regions stand.
  static List<Operation> joined(List<Operation> operations) {
    List<Operation> out = new ArrayList<>();
    List<Operation> _ =
        map(
            operations,
            straight -> {
              out.addAll(straight);
              return straight;
            });
    return out;
  }
}

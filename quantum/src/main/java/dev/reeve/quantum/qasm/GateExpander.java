package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.KnownArithmetic.Division;
import dev.reeve.quantum.qasm.Selection.Chosen;
import dev.reeve.quantum.qasm.Statement.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Expands gate calls: works out angles and modifiers, spreads the call over registers, and puts
/// definitions in the place of names until only gates of the model are left.
final class GateExpander {
  /// Far beyond any angle that still has a direction, and sums and powers of it are still numbers.
  private static final double ANGLE_MAX = 1e100;

  /// Above it a double no longer tells one whole number from the next.
  private static final double EXPONENT_MAX = 0x1p53;

  private final Diagnostics diagnostics;
  private final Evaluator evaluator;
  private final References references;
  private final Gates gates;
  private final Budget budget;
  private final ForValues forValues;
  private final Delays delays;

  GateExpander(
      Diagnostics diagnostics,
      Evaluator evaluator,
      References references,
      Gates gates,
      Budget budget,
      ForValues forValues,
      Delays delays) {
    this.diagnostics = diagnostics;
    this.evaluator = evaluator;
    this.references = references;
    this.gates = gates;
    this.budget = budget;
    this.forValues = forValues;
    this.delays = delays;
  }

  void expand(Statement.GateCall call, Scope scope, Consumer<Operation> out) {
    GateSymbol gate = gates.find(call.name(), call.nameOffset());
    if (gate instanceof GateSymbol.Opaque) {
      throw diagnostics.unsupported(
          call.nameOffset(),
          "gate \"" + call.name() + "\" is opaque and cannot be run",
          "give it a definition");
    }
    double[] angles = angles(call, gate, scope);
    List<Applied> modifiers = modifiers(call, scope);
    int controls = 0;
    for (Applied modifier : modifiers) {
      controls += modifier.controls();
    }
    requireCount(call, gate.qubitCount() + controls, controls);
    int[] plain = modifiers.isEmpty() ? references.plainQubits(call.operands(), scope) : null;
    if (plain != null) {
      budget.step(call.nameOffset());
      requireDistinct(call, plain);
      body(gate, angles, plain, 0, out);
      return;
    }
    List<Chosen> operands = operands(call, scope);
    int times = spread(call, operands);
    int[] qubits = new int[operands.size()];
    for (int i = 0; i < times; i++) {
      budget.step(call.nameOffset());
      for (int k = 0; k < qubits.length; k++) {
        Chosen operand = operands.get(k);
        qubits[k] = operand.indexes().get(operand.single() ? 0 : i);
      }
      requireDistinct(call, qubits);
      apply(gate, angles, modifiers, qubits, call.nameOffset(), out);
    }
  }

  /// A modifier with its numbers worked out.
  ///
  /// @param controls controls it adds
  private record Applied(Modifier modifier, int controls, double exponent) {}

  private double[] angles(Statement.GateCall call, GateSymbol gate, Scope scope) {
    if (call.arguments().size() != gate.parameterCount()) {
      throw diagnostics.invalid(
          call.nameOffset(),
          "gate \"%s\" takes %s, found %d"
              .formatted(
                  call.name(), counted(gate.parameterCount(), "angle"), call.arguments().size()));
    }
    double[] angles = new double[call.arguments().size()];
    for (int i = 0; i < angles.length; i++) {
      Expression argument = call.arguments().get(i);
      angles[i] = evaluator.constantReal(argument, scope, Division.EXACT, "the angle");
      requireWithin(ANGLE_MAX, angles[i], "angle", argument);
    }
    return angles;
  }

  private List<Applied> modifiers(Statement.GateCall call, Scope scope) {
    if (call.modifiers().isEmpty()) {
      return List.of();
    }
    List<Applied> applied = new ArrayList<>(call.modifiers().size());
    for (Modifier modifier : call.modifiers()) {
      applied.add(
          switch (modifier) {
            case Modifier.Inverse _ -> new Applied(modifier, 0, 0);
            case Modifier.Power power -> new Applied(modifier, 0, exponent(power, scope));
            case Modifier.Control control -> new Applied(modifier, controlCount(control, scope), 0);
          });
    }
    return applied;
  }

  private double exponent(Modifier.Power power, Scope scope) {
    double exponent =
        evaluator.constantReal(power.exponent(), scope, Division.REAL, "the exponent");
    requireWithin(EXPONENT_MAX, exponent, "exponent", power.exponent());
    return exponent;
  }

  private void requireWithin(double most, double value, String what, Expression place) {
    if (Math.abs(value) > most) {
      throw diagnostics.invalid(
          place.offset(), "%s %s is too large".formatted(what, value), "at most " + most);
    }
  }

  private int controlCount(Modifier.Control control, Scope scope) {
    if (control.count() == null) {
      return 1;
    }
    evaluator.constness().require(control.count(), scope);
    long count = evaluator.constantInteger(control.count(), scope, "the number of controls");
    if (count < 1 || count > budget.limits().qubitsMax()) {
      throw diagnostics.invalid(
          control.count().offset(), count + " controls (expected: 1 or more)");
    }
    return (int) count;
  }

  private void requireCount(Statement.GateCall call, int expected, int controls) {
    if (call.operands().size() != expected) {
      String with = controls == 0 ? "" : " with its controls";
      throw diagnostics.invalid(
          call.nameOffset(),
          "gate \"%s\"%s takes %s, found %d"
              .formatted(call.name(), with, counted(expected, "qubit"), call.operands().size()));
    }
  }

  private List<Chosen> operands(Statement.GateCall call, Scope scope) {
    List<Chosen> operands = new ArrayList<>(call.operands().size());
    for (Statement.Reference operand : call.operands()) {
      operands.add(references.qubits(operand, scope));
    }
    return operands;
  }

  /// How often a call is repeated: once, or once for each element of its registers.
  private int spread(Statement.GateCall call, List<Chosen> operands) {
    int size = -1;
    for (int i = 0; i < operands.size(); i++) {
      Chosen operand = operands.get(i);
      if (!operand.single()) {
        if (size >= 0 && operand.indexes().size() != size) {
          throw diagnostics.invalid(
              call.operands().get(i).offset(),
              "registers of %d and %d qubits".formatted(size, operand.indexes().size()),
              "registers of one call must be of the same size");
        }
        size = operand.indexes().size();
      }
    }
    return size < 0 ? 1 : size;
  }

  private void requireDistinct(Statement.GateCall call, int[] qubits) {
    for (int i = 1; i < qubits.length; i++) {
      for (int k = 0; k < i; k++) {
        if (qubits[i] == qubits[k]) {
          throw diagnostics.invalid(
              call.operands().get(i).offset(),
              "gate \"" + call.name() + "\" uses a qubit twice",
              "operands must be different qubits");
        }
      }
    }
  }

  /// Applies a gate to qubits, those of the controls first. The modifier nearest to the gate works
  /// first and its controls stand last.
  private void apply(
      GateSymbol gate,
      double[] angles,
      List<Applied> modifiers,
      int[] qubits,
      int offset,
      Consumer<Operation> out) {
    if (modifiers.isEmpty()) {
      body(gate, angles, qubits, 0, out);
      return;
    }
    int controls = qubits.length - gate.qubitCount();
    List<Operation> operations = new ArrayList<>();
    body(gate, angles, qubits, controls, bounded(operations, offset));
    for (Applied applied : modifiers.reversed()) {
      operations =
          switch (applied.modifier()) {
            case Modifier.Inverse _ -> GateModifiers.inverse(operations);
            case Modifier.Power _ -> power(operations, applied.exponent(), offset);
            case Modifier.Control control -> {
              List<Operation> controlled = operations;
              for (int i = 0; i < applied.controls(); i++) {
                controls--;
                controlled =
                    GateModifiers.controlled(controlled, qubits[controls], control.value());
              }
              yield controlled;
            }
          };
    }
    operations.forEach(out);
  }

  private List<Operation> power(List<Operation> operations, double exponent, int offset) {
    if (exponent == Math.rint(exponent)) {
      long whole = (long) exponent;
      if (!GateModifiers.isCompact(operations)) {
        budget.requireOperations(
            Math.multiplyHigh(Math.abs(whole), operations.size()) > 0
                ? Long.MAX_VALUE
                : Math.abs(whole) * operations.size(),
            offset);
      }
      return GateModifiers.wholePower(operations, whole);
    }
    return GateModifiers.fractionalPower(operations, exponent)
        .orElseThrow(() ->
            diagnostics.unsupported(
                offset,
                "a fractional power of a gate on more than %d qubits is not offered"
                    .formatted(GateModifiers.POWER_QUBITS_MAX),
                "write the gate's own root"));
  }

  private void body(
      GateSymbol gate, double[] angles, int[] qubits, int first, Consumer<Operation> out) {
    switch (gate) {
      case GateSymbol.Library library -> {
        int[] own = first == 0 ? qubits : Arrays.copyOfRange(qubits, first, qubits.length);
        library.emitter().emit(angles, own, out);
      }
      case GateSymbol.Defined defined -> define(defined, angles, qubits, first, out);
      case GateSymbol.Opaque _ -> throw new IllegalStateException("opaque: " + gate.name());
    }
  }

  private void define(
      GateSymbol.Defined gate, double[] angles, int[] qubits, int first, Consumer<Operation> out) {
    Statement.GateDefinition definition = gate.definition();
    Scope scope = gate.scope().inner();
    for (int i = 0; i < angles.length; i++) {
      scope.declare(
          definition.parameters().get(i).name(), new Symbol.Constant(Value.real(angles[i])));
    }
    for (int i = 0; i < definition.qubits().size(); i++) {
      scope.declare(
          definition.qubits().get(i).name(),
          new Symbol.Qubits(Indexes.of(qubits[first + i]), true));
    }
    run(definition.body(), scope, out);
  }

  private void run(List<Statement> body, Scope scope, Consumer<Operation> out) {
    for (Statement statement : body) {
      budget.step(statement.offset());
      switch (statement) {
        case Statement.GateCall call -> expand(call, scope, out);
        case Statement.Barrier barrier -> out.accept(barrier(barrier, scope));
        case Statement.Delay delay -> delays.lower(delay, scope, 0, out);
        case Statement.For loop -> {
          ForValues.Rounds rounds = forValues.of(loop, scope);
          for (int i = 0; i < rounds.count(); i++) {
            budget.step(loop.offset());
            Scope inner = scope.inner();
            inner.declare(loop.name(), new Symbol.Constant(rounds.value().apply(i)));
            run(loop.body(), inner, out);
          }
        }
        default -> throw new IllegalStateException("in a gate: " + statement);
      }
    }
  }

  /// A barrier over some qubits, each named once.
  Operation.Barrier barrier(Statement.Barrier barrier, Scope scope) {
    IntStream qubits =
        barrier.qubits().stream()
            .flatMapToInt(
                each -> Arrays.stream(references.qubits(each, scope).indexes().toArray()));
    return new Operation.Barrier(Indexes.of(qubits.distinct().toArray()));
  }

  private Consumer<Operation> bounded(List<Operation> operations, int offset) {
    return operation -> {
      budget.requireOperations(operations.size(), offset);
      operations.add(operation);
    };
  }

  static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}

package dev.reeve.quantum.qasm;

import dev.reeve.quantum.qasm.Statement.Formal;
import dev.reeve.quantum.qasm.Statement.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks the definition of a gate where it stands, whether or not it is ever used: names, numbers
/// of angles and qubits, and that nothing but gates is in it.
final class GateChecker {
  private final Diagnostics diagnostics;
  private final Gates gates;
  private final QasmLimits limits;
  private final Scope global;
  private final Statement.GateDefinition definition;
  private final Set<String> parameters = new HashSet<>();
  private final Set<String> qubits = new HashSet<>();
  private int depth = 1;

  GateChecker(
      Statement.GateDefinition definition,
      Scope global,
      Gates gates,
      QasmLimits limits,
      Diagnostics diagnostics) {
    this.definition = definition;
    this.global = global;
    this.gates = gates;
    this.limits = limits;
    this.diagnostics = diagnostics;
  }

  /// The gate, if its definition is right.
  GateSymbol check() {
    formals(definition.parameters(), parameters);
    formals(definition.qubits(), qubits);
    body(definition.body(), parameters);
    if (depth > limits.nestingMax()) {
      throw diagnostics.limit(
          definition.nameOffset(),
          "gates defined by gates more than %d deep".formatted(limits.nestingMax()));
    }
    return new GateSymbol.Defined(definition, global, depth);
  }

  private void formals(List<Formal> formals, Set<String> names) {
    for (Formal formal : formals) {
      if (parameters.contains(formal.name()) || !names.add(formal.name())) {
        throw diagnostics.invalid(
            formal.offset(), "\"" + formal.name() + "\" is declared twice in this gate");
      }
    }
  }

  private void body(List<Statement> body, Set<String> values) {
    for (Statement statement : body) {
      switch (statement) {
        case Statement.GateCall call -> call(call, values);
        case Statement.Barrier barrier -> barrier.qubits().forEach(this::operand);
        case Statement.Delay delay -> delay(delay, values);
        case Statement.For loop -> {
          Set<String> inner = new HashSet<>(values);
          selector(loop.values(), values);
          inner.add(loop.name());
          body(loop.body(), inner);
        }
        default ->
            throw diagnostics.invalid(
                statement.offset(),
                "only gates can stand in the definition of a gate",
                "move it out of \"" + definition.name() + "\"");
      }
    }
  }

  private void delay(Statement.Delay delay, Set<String> values) {
    if (delay.qubits().isEmpty()) {
      throw diagnostics.invalid(
          delay.offset(), "a delay of no qubit", "name qubits of the gate: delay[100ns] a;");
    }
    expression(delay.length(), values);
    delay.qubits().forEach(this::operand);
  }

  private void call(Statement.GateCall call, Set<String> values) {
    if (call.name().equals(definition.name()) && !gates.isKnown(call.name())) {
      throw diagnostics.invalid(
          call.nameOffset(), "gate \"" + call.name() + "\" is defined by itself");
    }
    GateSymbol gate = gates.find(call.name(), call.nameOffset());
    if (gate instanceof GateSymbol.Defined inner) {
      depth = Math.max(depth, inner.depth() + 1);
    }
    call.operands().forEach(this::operand);
    call.arguments().forEach(argument -> expression(argument, values));
    boolean controlled = false;
    for (Modifier modifier : call.modifiers()) {
      switch (modifier) {
        case Modifier.Inverse _ -> {}
        case Modifier.Power power -> expression(power.exponent(), values);
        case Modifier.Control control -> {
          controlled = true;
          if (control.count() != null) {
            expression(control.count(), values);
          }
        }
      }
    }
    if (!(gate instanceof GateSymbol.Opaque)) {
      counts(call, gate, controlled);
    }
  }

  private void counts(Statement.GateCall call, GateSymbol gate, boolean controlled) {
    if (call.arguments().size() != gate.parameterCount()) {
      throw diagnostics.invalid(
          call.nameOffset(),
          "gate \"%s\" takes %s, found %d"
              .formatted(
                  call.name(),
                  GateExpander.counted(gate.parameterCount(), "angle"),
                  call.arguments().size()));
    }
    if (!controlled && call.operands().size() != gate.qubitCount()) {
      throw diagnostics.invalid(
          call.nameOffset(),
          "gate \"%s\" takes %s, found %d"
              .formatted(
                  call.name(),
                  GateExpander.counted(gate.qubitCount(), "qubit"),
                  call.operands().size()));
    }
  }

  private void operand(Statement.Reference operand) {
    if (!qubits.contains(operand.name())) {
      throw diagnostics.invalid(
          operand.offset(),
          "\"" + operand.name() + "\" is not a qubit of this gate",
          Names.hint(operand.name(), qubits));
    }
    if (!operand.selectors().isEmpty()) {
      throw diagnostics.invalid(
          operand.selectors().getFirst().offset(), "qubits of a gate cannot be indexed");
    }
  }

  private void selector(Expression.Selector selector, Set<String> values) {
    switch (selector) {
      case Expression.Selector.Each each ->
          each.dimensions().forEach(dimension -> selector(dimension, values));
      case Expression.Selector.At at -> expression(at.index(), values);
      case Expression.Selector.Of of -> of.indexes().forEach(each -> expression(each, values));
      case Expression.Selector.Range range -> {
        if (range.start() != null) {
          expression(range.start(), values);
        }
        if (range.step() != null) {
          expression(range.step(), values);
        }
        if (range.stop() != null) {
          expression(range.stop(), values);
        }
      }
    }
  }

  private void expression(Expression expression, Set<String> values) {
    switch (expression) {
      case Expression.Name name -> name(name, values);
      case Expression.Unary unary -> expression(unary.operand(), values);
      case Expression.Binary binary -> {
        expression(binary.left(), values);
        expression(binary.right(), values);
      }
      case Expression.Call call ->
          call.arguments().forEach(argument -> expression(argument, values));
      case Expression.Cast cast -> expression(cast.operand(), values);
      case Expression.Indexed indexed -> expression(indexed.base(), values);
      case Expression.ArrayLiteral literal ->
          literal.elements().forEach(each -> expression(each, values));
      case Expression.Concatenation joined ->
          joined.parts().forEach(each -> expression(each, values));
      case Expression.DurationOf _,
          Expression.DurationLiteral _,
          Expression.ImaginaryLiteral _,
          Expression.IntegerLiteral _,
          Expression.RealLiteral _,
          Expression.BooleanLiteral _,
          Expression.BitsLiteral _ -> {}
    }
  }

  private void name(Expression.Name name, Set<String> values) {
    if (values.contains(name.name())) {
      return;
    }
    switch (global.find(name.name())) {
      case Symbol.Constant _, Symbol.Subroutine _, Symbol.External _ -> {}
      case Symbol.Broken _ -> throw diagnostics.silently();
      case null ->
          throw diagnostics.invalid(
              name.offset(),
              "\"" + name.name() + "\" is not declared",
              Names.hint(name.name(), values));
      case Symbol.Qubits _, Symbol.Bits _, Symbol.Variable _, Symbol.Array _, Symbol.Hidden _ ->
          throw diagnostics.invalid(
              name.offset(),
              "a gate cannot use \"" + name.name() + "\" from outside",
              "pass it as a parameter, or make it const");
    }
  }
}

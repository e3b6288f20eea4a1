package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.qasm.Expression.Selector;
import dev.reeve.quantum.qasm.LocalNames.Local;
import dev.reeve.quantum.qasm.LocalNames.Sort;
import dev.reeve.quantum.qasm.Statement.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at what a body that is not lowered makes use of: names, gates, functions, and indexes that
/// are written as numbers. What depends on values is left alone: they may never come to be.
final class UseChecker {
  private final LoweringContext context;
  private final Diagnostics diagnostics;
  private final Scope scope;
  private final LocalNames names;

  /// @param scope what is seen from the body
  /// @param names what the body declares itself
  UseChecker(LoweringContext context, Scope scope, LocalNames names) {
    this.context = context;
    this.diagnostics = context.diagnostics;
    this.scope = scope;
    this.names = names;
  }

  /// What a name stands for; nothing when that is wrong and was said.
  @Nullable Local resolve(String name, int offset) {
    Local local = names.find(name);
    if (local != null) {
      return local;
    }
    return switch (scope.find(name)) {
      case Symbol.Qubits(Indexes qubits, boolean single) ->
          new Local(Sort.QUBITS, single ? Local.SINGLE : qubits.size());
      case Symbol.Bits(Indexes bits, boolean single) ->
          new Local(Sort.BITS, single ? Local.SINGLE : bits.size());
      case Symbol.Variable _, Symbol.Array _ -> Local.of(Sort.VALUE);
      case Symbol.Constant _ -> Local.of(Sort.CONSTANT);
      case Symbol.Subroutine _, Symbol.External _ -> Local.of(Sort.OTHER);
      case Symbol.Broken _ -> null;
      case Symbol.Hidden _ -> {
        diagnostics.note(
            offset,
            "a subroutine cannot use \"" + name + "\" from outside",
            "pass it as a parameter, or make it const");
        yield null;
      }
      case null -> {
        diagnostics.note(
            offset, "\"" + name + "\" is not declared", Names.hint(name, scope.names()));
        yield null;
      }
    };
  }

  /// A gate, or a subroutine in the old form, with its qubits behind the parentheses.
  void gate(Statement.GateCall call) {
    call.arguments().forEach(this::expression);
    for (Statement.Modifier modifier : call.modifiers()) {
      switch (modifier) {
        case Statement.Modifier.Inverse _ -> {}
        case Statement.Modifier.Power power -> expression(power.exponent());
        case Statement.Modifier.Control control -> expression(control.count());
      }
    }
    expression(call.length());
    if (isSubroutine(call)) {
      call.operands().forEach(this::reference);
      count(call.name(), call.nameOffset(), call.arguments().size() + call.operands().size());
      return;
    }
    call.operands().forEach(this::qubits);
    GateSymbol gate;
    try {
      gate = context.gates.find(call.name(), call.nameOffset());
    } catch (Diagnostics.Stopped stopped) {
      throw stopped;
    } catch (Diagnostics.Reported _) {
      return;
    }
    if (!(gate instanceof GateSymbol.Opaque)) {
      counts(call, gate);
      distinct(call);
    }
  }

  private boolean isSubroutine(Statement.GateCall call) {
    if (context.gates.isKnown(call.name()) || !call.modifiers().isEmpty()) {
      return false;
    }
    Local local = names.find(call.name());
    Symbol symbol = scope.find(call.name());
    return (local != null && local.sort() == Sort.OTHER)
        || symbol instanceof Symbol.Subroutine
        || symbol instanceof Symbol.External;
  }

  private void counts(Statement.GateCall call, GateSymbol gate) {
    if (call.arguments().size() != gate.parameterCount()) {
      note(call, gate.parameterCount(), "angle", call.arguments().size());
    }
    long controls = 0;
    for (Statement.Modifier modifier : call.modifiers()) {
      if (modifier instanceof Statement.Modifier.Control control) {
        Long count = control.count() == null ? Long.valueOf(1) : literal(control.count());
        if (count == null) {
          return;
        }
        controls += count;
      }
    }
    if (call.operands().size() != gate.qubitCount() + controls) {
      note(call, gate.qubitCount() + controls, "qubit", call.operands().size());
    }
  }

  private void note(Statement.GateCall call, long expected, String what, int found) {
    diagnostics.note(
        call.nameOffset(),
        "gate \"%s\" takes %s, found %d"
            .formatted(
                call.name(),
                GateExpander.counted((int) Math.min(expected, Integer.MAX_VALUE), what),
                found),
        "");
  }

  private void distinct(Statement.GateCall call) {
    List<Reference> operands = call.operands();
    for (int i = 1; i < operands.size(); i++) {
      for (int k = 0; k < i; k++) {
        if (overlap(operands.get(i), operands.get(k))) {
          diagnostics.note(
              operands.get(i).offset(),
              "gate \"" + call.name() + "\" uses a qubit twice",
              "operands must be different qubits");
        }
      }
    }
  }

  /// Whether two operands share a qubit for certain, as far as their text tells.
  private boolean overlap(Reference one, Reference other) {
    if (!one.name().equals(other.name())) {
      return false;
    }
    if (one.selectors().isEmpty() || other.selectors().isEmpty()) {
      return true;
    }
    Long first = place(one);
    return first != null && first.equals(place(other));
  }

  private @Nullable Long place(Reference reference) {
    if (reference.selectors().size() != 1
        || !(reference.selectors().getFirst() instanceof Selector.At at)) {
      return null;
    }
    Long index = literal(at.index());
    Local local = resolve(reference.name(), reference.offset());
    if (index == null || local == null) {
      return null;
    }
    boolean counted = index < 0 && local.size() > 0;
    return counted ? Long.valueOf(index + local.size()) : index;
  }

  void qubits(Reference reference) {
    Local local = reference(reference);
    if (local != null && local.sort() != Sort.QUBITS) {
      diagnostics.note(reference.offset(), "\"" + reference.name() + "\" is not a qubit", "");
    }
  }

  @Nullable Local reference(Reference reference) {
    Local local = resolve(reference.name(), reference.offset());
    reference.selectors().forEach(this::selector);
    if (local == null || reference.selectors().isEmpty()) {
      return local;
    }
    if (local.sort() == Sort.QUBITS || local.sort() == Sort.BITS) {
      within(reference, local.size());
    }
    return local;
  }

  private void within(Reference reference, long size) {
    Selector selector = reference.selectors().getFirst();
    if (size == Local.SINGLE) {
      diagnostics.note(
          selector.offset(),
          "\"" + reference.name() + "\" is one element and cannot be indexed",
          "");
      return;
    }
    switch (selector) {
      case Selector.At at -> within(reference, at.index(), size);
      case Selector.Of of -> of.indexes().forEach(index -> within(reference, index, size));
      case Selector.Range range -> {
        within(reference, range.start(), size);
        within(reference, range.stop(), size);
      }
      case Selector.Each _ -> {}
    }
  }

  private void within(Reference reference, @Nullable Expression index, long size) {
    Long position = index == null ? null : literal(index);
    if (index != null && position != null && size > 0 && (position < -size || position >= size)) {
      diagnostics.note(
          index.offset(),
          "index %d is outside of \"%s\", which has %d".formatted(position, reference.name(), size),
          size == 1 ? "only 0 is inside" : "0 to " + (size - 1) + " are inside");
    }
  }

  /// The number that an expression is written as, if it is.
  static @Nullable Long literal(Expression expression) {
    return switch (expression) {
      case Expression.IntegerLiteral number -> number.value();
      case Expression.Unary(
              int _,
              Expression.UnarySign sign,
              Expression.IntegerLiteral(int _, long value))
          when sign == Expression.UnarySign.MINUS ->
          -value;
      default -> null;
    };
  }

  void selector(Selector selector) {
    switch (selector) {
      case Selector.At at -> expression(at.index());
      case Selector.Of of -> of.indexes().forEach(this::expression);
      case Selector.Each each -> each.dimensions().forEach(this::selector);
      case Selector.Range range -> {
        expression(range.start());
        expression(range.step());
        expression(range.stop());
      }
    }
  }

  void expression(@Nullable Expression expression) {
    switch (expression) {
      case null -> {}
      case Expression.Name(int offset, String name) -> value(name, offset);
      case Expression.Unary unary -> expression(unary.operand());
      case Expression.Binary binary -> {
        expression(binary.left());
        expression(binary.right());
      }
      case Expression.Call call -> call(call);
      case Expression.Cast cast -> {
        expression(cast.type().width());
        expression(cast.operand());
      }
      case Expression.Indexed indexed -> {
        Reference reference = ForValues.reference(indexed);
        if (reference == null) {
          expression(indexed.base());
          selector(indexed.selector());
        } else {
          value(reference.name(), reference.offset());
          Local _ = reference(reference);
        }
      }
      case Expression.ArrayLiteral literal -> literal.elements().forEach(this::expression);
      case Expression.Concatenation joined -> joined.parts().forEach(this::expression);
      case Expression.IntegerLiteral _,
          Expression.RealLiteral _,
          Expression.ImaginaryLiteral _,
          Expression.DurationLiteral _,
          Expression.DurationOf _,
          Expression.BooleanLiteral _,
          Expression.BitsLiteral _ -> {}
    }
  }

  private void value(String name, int offset) {
    Local local = resolve(name, offset);
    if (local != null && local.sort() == Sort.QUBITS) {
      diagnostics.note(
          offset, "qubits have no value: \"" + name + "\"", "measure them into bits first");
    }
  }

  private void call(Expression.Call call) {
    for (Expression argument : call.arguments()) {
      Reference reference = ForValues.reference(argument);
      if (reference == null) {
        expression(argument);
      } else {
        Local _ = reference(reference);
      }
    }
    count(call.function(), call.offset(), call.arguments().size());
  }

  /// Whether there is such a function, and whether it takes so many values.
  private void count(String function, int offset, int found) {
    Local local = names.find(function);
    if (local != null && local.sort() == Sort.OTHER) {
      return;
    }
    switch (scope.find(function)) {
      case Symbol.Subroutine(Statement.Subroutine definition, Scope _) -> {
        int expected = definition.parameters().size();
        if (expected != found) {
          diagnostics.note(
              offset,
              "subroutine \"%s\" takes %s, found %d"
                  .formatted(function, GateExpander.counted(expected, "value"), found),
              "");
        }
      }
      case null -> context.evaluator.requireFunction(function, offset);
      case Symbol.External _, Symbol.Broken _ -> {}
      case Symbol.Constant _,
          Symbol.Variable _,
          Symbol.Qubits _,
          Symbol.Bits _,
          Symbol.Array _,
          Symbol.Hidden _ ->
          diagnostics.note(offset, "\"" + function + "\" is not a function", "");
    }
  }
}

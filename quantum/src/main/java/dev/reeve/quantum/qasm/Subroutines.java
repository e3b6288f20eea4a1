package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.Jumps.Frame;
import dev.reeve.quantum.qasm.Lowering.Flow;
import dev.reeve.quantum.qasm.Selection.Chosen;
import dev.reeve.quantum.qasm.Slots.Site;
import dev.reeve.quantum.qasm.Slots.Use;
import dev.reeve.quantum.qasm.Statement.Parameter;
import dev.reeve.quantum.qasm.Value.Computed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Lowers calls of subroutines: the body once more in place of each call, with values copied, and
/// qubits and arrays passed as themselves.
final class Subroutines {
  private final LoweringContext context;
  private final Declarations declarations;
  private final Assignments assignments;
  private final Lowering lowering;

  /// All subroutines, by their place.
  private final Map<Integer, Statement.Subroutine> defined = new TreeMap<>();

  /// Where those are that nothing has called so far.
  private final Set<Integer> unused = new TreeSet<>();

  Subroutines(
      LoweringContext context,
      Declarations declarations,
      Assignments assignments,
      Lowering lowering) {
    this.context = context;
    this.declarations = declarations;
    this.assignments = assignments;
    this.lowering = lowering;
  }

  void defined(Statement.Subroutine definition) {
    Set<String> names = new HashSet<>();
    for (Parameter parameter : definition.parameters()) {
      if (!names.add(parameter.name())) {
        throw context.diagnostics.invalid(
            parameter.offset(),
            "\"" + parameter.name() + "\" is declared twice in this subroutine");
      }
    }
    defined.put(definition.offset(), definition);
    unused.add(definition.offset());
  }

  /// At the end: what was never called has not been looked at, nor has what was not taken in the
  /// others.
  void checkUnused(Scope global) {
    boolean sound = context.diagnostics.count() == 0;
    for (Statement.Subroutine each : defined.values()) {
      if (sound || unused.contains(each.offset())) {
        BodyChecker.check(context, each, global);
      }
    }
  }

  /// What a subroutine gives back; truth when it gives nothing back, which only a statement of its
  /// own may ignore.
  Value call(Expression.Call call, Symbol.Subroutine subroutine, Scope scope) {
    Statement.Subroutine definition = subroutine.definition();
    context.budget.step(call.offset());
    unused.remove(definition.offset());
    if (context.jumps.depth() >= context.limits.nestingMax()) {
      throw context.diagnostics.limit(
          call.offset(), "calls nested deeper than %d".formatted(context.limits.nestingMax()));
    }
    requireCount(call, definition);
    ScalarType type =
        definition.type() == null
            ? null
            : context.evaluator.type(definition.type(), subroutine.scope());
    List<Given> given = new ArrayList<>();
    for (int i = 0; i < definition.parameters().size(); i++) {
      given.add(given(definition.parameters().get(i), call.arguments().get(i), subroutine, scope));
    }
    requireApart(given, call);
    Frame frame = new Frame(context.sink.region(), call.offset(), context.jumps.depth(), type);
    int loops = context.jumps.loops();
    context.jumps.enter(frame);
    boolean splitting = context.evaluator.splitting(false);
    IdentityHashMap<Expression, Value> settled =
        context.evaluator.settled(new IdentityHashMap<>(0));
    try {
      Scope inner = subroutine.scope().closed();
      for (int i = 0; i < given.size(); i++) {
        Parameter parameter = definition.parameters().get(i);
        inner.declare(parameter.name(), declared(parameter, given.get(i)));
      }
      int errors = context.diagnostics.count();
      Flow flow = lowering.statements(definition.body(), inner);
      if (context.diagnostics.count() > errors) {
        throw context.diagnostics.silently();
      }
      requireResult(frame, flow, definition);
      Value result = result(frame);
      context.jumps.leave();
      return result;
    } finally {
      boolean _ = context.evaluator.splitting(splitting);
      IdentityHashMap<Expression, Value> _ = context.evaluator.settled(settled);
      context.jumps.drop(loops, frame.depth);
    }
  }

  private void requireCount(Expression.Call call, Statement.Subroutine definition) {
    int expected = definition.parameters().size();
    if (call.arguments().size() != expected) {
      throw context.diagnostics.invalid(
          call.offset(),
          "subroutine \"%s\" takes %s, found %d"
              .formatted(
                  call.function(),
                  GateExpander.counted(expected, "value"),
                  call.arguments().size()));
    }
  }

  /// An argument as it is before the body runs.
  private sealed interface Given {
    record Copied(ScalarType type, Value value, Expression source) implements Given {}

    record Itself(Symbol symbol) implements Given {}
  }

  private Given given(
      Parameter parameter, Expression argument, Symbol.Subroutine subroutine, Scope scope) {
    return switch (parameter) {
      case Parameter.Scalar scalar -> {
        ScalarType type = context.evaluator.type(scalar.type(), subroutine.scope());
        Value value = context.evaluator.evaluate(argument, scope);
        yield new Given.Copied(type, assignments.converted(value, type, argument), argument);
      }
      case Parameter.Qubits qubits -> new Given.Itself(qubits(qubits, argument, subroutine, scope));
      case Parameter.Array array -> new Given.Itself(array(array, argument, subroutine, scope));
    };
  }

  private Symbol qubits(
      Parameter.Qubits parameter, Expression argument, Symbol.Subroutine subroutine, Scope scope) {
    Statement.Reference reference = reference(argument);
    Chosen chosen = context.references.qubits(reference, scope);
    Expression given = parameter.size();
    boolean single = given == null;
    long size =
        given == null
            ? 1
            : context.evaluator.constantInteger(
                given, subroutine.scope(), "the size of a parameter");
    if (chosen.indexes().size() != size) {
      throw context.diagnostics.invalid(
          argument.offset(),
          "\"%s\" takes %s, found %d"
              .formatted(
                  parameter.name(),
                  GateExpander.counted((int) Math.min(size, Integer.MAX_VALUE), "qubit"),
                  chosen.indexes().size()));
    }
    return new Symbol.Qubits(chosen.indexes(), single);
  }

  private Statement.Reference reference(Expression argument) {
    List<Expression.Selector> selectors = new ArrayList<>();
    Expression base = argument;
    while (base instanceof Expression.Indexed each) {
      selectors.addFirst(each.selector());
      base = each.base();
    }
    if (base instanceof Expression.Name name) {
      return new Statement.Reference(name.offset(), name.name(), selectors);
    }
    throw context.diagnostics.invalid(argument.offset(), "expected a qubit", "as in q[0]");
  }

  private Symbol array(
      Parameter.Array parameter, Expression argument, Symbol.Subroutine subroutine, Scope scope) {
    ArrayView view = context.evaluator.arrays().find(argument, scope);
    if (view == null) {
      throw context.diagnostics.invalid(
          argument.offset(), "\"" + parameter.name() + "\" takes an array");
    }
    TypeSyntax.Array type = parameter.type();
    ScalarType element = context.evaluator.type(type.element(), subroutine.scope());
    boolean fits =
        type.dimensions() == null
            ? view.shape().equals(declarations.shape(type, subroutine.scope()))
            : view.shape().size()
                == context.evaluator.constantInteger(
                    type.dimensions(), subroutine.scope(), "the number of dimensions");
    if (!fits || !element.equals(view.type())) {
      throw context.diagnostics.invalid(
          argument.offset(),
          "%s does not fit \"%s\"".formatted(view.shown(), parameter.name()),
          "types and sizes must agree");
    }
    if (type.changeable() && !view.changeable()) {
      throw context.diagnostics.invalid(
          argument.offset(), "a readonly array cannot be passed as mutable");
    }
    return new Symbol.Array(type.changeable() ? view : view.readOnly());
  }

  /// Two arrays that a subroutine may write to must not share an element.
  private void requireApart(List<Given> given, Expression.Call call) {
    Set<Symbol.Variable> elements = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < given.size(); i++) {
      if (!(given.get(i) instanceof Given.Itself(Symbol.Array(ArrayView view)))
          || !view.changeable()) {
        continue;
      }
      for (Symbol.Variable element : view.elements()) {
        if (!elements.add(element)) {
          throw context.diagnostics.invalid(
              call.arguments().get(i).offset(), "two mutable arrays of this call overlap");
        }
      }
    }
  }

  private Symbol declared(Parameter parameter, Given given) {
    return switch (given) {
      case Given.Itself(Symbol symbol) -> symbol;
      case Given.Copied(ScalarType type, Value value, Expression source) -> {
        if (type.kind() == ScalarType.Kind.BIT) {
          boolean single = ((Parameter.Scalar) parameter).type().width() == null;
          Indexes addresses = declarations.local(parameter.offset(), type.width());
          Chosen target = new Chosen(addresses, single);
          assignments.store(target, value, source.offset());
          yield new Symbol.Bits(addresses, single);
        }
        Symbol.Variable variable =
            new Symbol.Variable(
                new Site(Use.VARIABLE, context.jumps.depth(), parameter.offset(), 0),
                type,
                Value.zero(type),
                context.sink.region());
        assignments.store(variable, value, source.offset());
        yield variable;
      }
    };
  }

  /// Lowers `return`.
  Flow back(Statement.Return back, Scope scope) {
    Frame frame = context.jumps.frame();
    if (frame == null) {
      throw context.diagnostics.invalid(back.offset(), "\"return\" outside of a subroutine");
    }
    if ((back.value() == null) != (frame.type == null)) {
      throw context.diagnostics.invalid(
          back.offset(),
          frame.type == null
              ? "a value from a subroutine that gives none back"
              : "a return without the value of type " + frame.type.shown(),
          "say what it gives back: def f() -> int { ... }");
    }
    boolean certain = context.jumps.returnsForCertain(frame);
    if (frame.type != null && back.value() != null) {
      Value value = value(back.value(), frame.type, scope);
      if (certain && !value.isDynamic() && !frame.returnsInMemory) {
        frame.result = value;
      } else {
        keep(frame, value, back.offset());
      }
    }
    return certain ? Flow.RETURN : context.jumps.returnMaybe(frame, back.offset());
  }

  private Value value(Statement.Source source, ScalarType type, Scope scope) {
    return switch (source) {
      case Statement.Source.Value(Expression expression) ->
          assignments.converted(context.evaluator.evaluate(expression, scope), type, expression);
      case Statement.Source.Measurement(int offset, Statement.Reference qubits) -> {
        Value bits = assignments.measured(qubits, offset, scope);
        yield context.evaluator.conversions().implicit(bits, type, offset);
      }
    };
  }

  /// A result that the run knows is kept apart, because the body may be entered again before it is
  /// used.
  private void keep(Frame frame, Value value, int offset) {
    ClassicalExpression code = context.evaluator.dynamic().code(value, offset);
    int slot = context.slots.of(frame.resultSite());
    context.sink.add(new Operation.AssignVariable(slot, code), offset);
    frame.returnsInMemory = true;
  }

  private void requireResult(Frame frame, Flow flow, Statement.Subroutine definition) {
    boolean missing = frame.type != null && frame.result == null && !frame.returnsInMemory;
    if (missing && flow != Flow.END) {
      throw context.diagnostics.invalid(
          definition.nameOffset(),
          "subroutine \"" + definition.name() + "\" ends without a return",
          "return a value of type " + (frame.type == null ? "" : frame.type.shown()));
    }
  }

  private Value result(Frame frame) {
    if (frame.type == null) {
      return Value.truth(false);
    }
    if (frame.returnsInMemory) {
      int slot = context.slots.of(frame.resultSite());
      return new Computed(frame.type, new ClassicalExpression.Variable(slot));
    }
    return frame.result == null ? Value.zero(frame.type) : frame.result;
  }
}

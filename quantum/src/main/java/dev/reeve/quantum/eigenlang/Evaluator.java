package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.qasm.Diagnostics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Works out expressions. Calls of the library change the draft of the circuit; calls of the
/// program's own functions go back to the interpreter of statements.
final class Evaluator {
  private static final int STEPS_BETWEEN_LOOKS = 1 << 12;

  /// Blocks and expressions within others, over all calls that are open: keeps the stack small.
  private static final int NESTING_MAX = 1_000;

  private static final Set<String> NEVER =
      Set.of("exec", "eval", "compile", "globals", "locals", "open", "__import__");

  private final Diagnostics diagnostics;
  private final EigenLangLimits limits;
  private final CancelSignal cancel;
  private final Arithmetic arithmetic;
  private final ObservableCalls observables;
  private final LibraryCalls library;
  private final Routines routines;
  private int steps;
  private int nesting;

  /// Runs a function of the program.
  interface Routines {
    Value run(Statement.Function function, Arguments arguments);
  }

  Evaluator(
      Diagnostics diagnostics,
      EigenLangLimits limits,
      CancelSignal cancel,
      ObservableCalls observables,
      LibraryCalls library,
      Routines routines) {
    this.diagnostics = diagnostics;
    this.limits = limits;
    this.cancel = cancel;
    this.arithmetic = new Arithmetic(diagnostics);
    this.observables = observables;
    this.library = library;
    this.routines = routines;
  }

  /// Counts a step of the work.
  void step(int offset) {
    steps++;
    if (steps > limits.stepsMax()) {
      throw diagnostics.limit(offset, "more than %d steps".formatted(limits.stepsMax()));
    }
    if (steps % STEPS_BETWEEN_LOOKS == 0 && cancel.isCancelled()) {
      throw QuantumProblems.QUANTUM_CANCELLED.because("the caller gave up").toException();
    }
  }

  /// Goes one level down; every call needs its [#leave].
  void enter(int offset) {
    nesting++;
    if (nesting > NESTING_MAX) {
      throw diagnostics.limit(offset, "calls that nest deeper than %d".formatted(NESTING_MAX));
    }
  }

  void leave() {
    nesting--;
  }

  int nesting() {
    return nesting;
  }

  /// Goes back to a level after an error.
  void leaveTo(int level) {
    nesting = level;
  }

  boolean truth(Expression condition, Value value) {
    return arithmetic.truth(condition.offset(), value);
  }

  Value evaluate(Expression expression, Scope scope) {
    step(expression.offset());
    enter(expression.offset());
    Value value = evaluated(expression, scope);
    leave();
    return value;
  }

  private Value evaluated(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Constant constant -> constant.value();
      case Expression.Name name -> name(name, scope);
      case Expression.Sequence sequence ->
          new Value.Items(all(sequence.items(), scope), sequence.tuple());
      case Expression.Mapping mapping -> mapping(mapping, scope);
      case Expression.Attribute attribute ->
          attribute(attribute, evaluate(attribute.target(), scope));
      case Expression.Subscript subscript ->
          element(
              subscript, evaluate(subscript.target(), scope), evaluate(subscript.index(), scope));
      case Expression.Unary unary -> unary(unary, evaluate(unary.operand(), scope));
      case Expression.Binary binary -> binary(binary, scope);
      case Expression.Call call -> call(call, scope);
    };
  }

  /// All of them: one that is wrong does not hide another.
  List<Value> all(List<Expression> expressions, Scope scope) {
    List<Value> values = new ArrayList<>();
    Together together = new Together();
    int level = nesting;
    for (Expression expression : expressions) {
      leaveTo(level);
      together.attempt(() -> values.add(evaluate(expression, scope)));
    }
    together.finish();
    return List.copyOf(values);
  }

  private Value name(Expression.Name name, Scope scope) {
    Optional<Value> found = scope.find(name.name());
    if (found.isPresent()) {
      if (found.get() instanceof Value.Failed) {
        throw diagnostics.silently();
      }
      return found.get();
    }
    if (LibraryCalls.has(name.name()) || LibraryCalls.isPython(name.name())) {
      return new Value.Builtin(name.name());
    }
    if (NEVER.contains(name.name())) {
      throw diagnostics.invalid(name.offset(), name.name() + " is not allowed", "");
    }
    throw diagnostics.invalid(name.offset(), "unknown name: " + cut(name.name()), "");
  }

  private static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  private Value mapping(Expression.Mapping mapping, Scope scope) {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (int i = 0; i < mapping.keys().size(); i++) {
      Expression key = mapping.keys().get(i);
      if (!(evaluate(key, scope) instanceof Value.Text text)) {
        throw diagnostics.invalid(key.offset(), "a key that is no text", "");
      }
      entries.put(text.text(), evaluate(mapping.values().get(i), scope));
    }
    return new Value.Entries(entries);
  }

  private Value attribute(Expression.Attribute attribute, Value target) {
    String name = attribute.name();
    return switch (target) {
      case Value.Module _ when LibraryCalls.has(name) -> new Value.Builtin(name);
      case Value.Register register when name.equals("size") -> new Value.Whole(register.size());
      case Value.Parameter parameter when name.equals("name") -> new Value.Text(parameter.name());
      case Value.Opaque _ -> new Value.Opaque("the " + name + " of " + target.kind());
      case Value.Parameter _, Value.Observable _, Value.Expectation _, Value.Outcome _ ->
          new Value.Opaque("the " + name + " of " + target.kind());
      default ->
          throw diagnostics.invalid(attribute.offset(), target.kind() + " has no " + cut(name), "");
    };
  }

  private Value element(Expression.Subscript subscript, Value target, Value index) {
    int offset = subscript.offset();
    if (target instanceof Value.Entries entries && index instanceof Value.Text key) {
      Value found = entries.values().get(key.text());
      if (found == null) {
        throw diagnostics.invalid(offset, "no entry: " + cut(key.text()), "");
      }
      return found;
    }
    if (target instanceof Value.Opaque opaque) {
      return opaque;
    }
    if (!(index instanceof Value.Whole whole)) {
      throw diagnostics.invalid(offset, index.kind() + " as index (expected: an integer)", "");
    }
    int size =
        switch (target) {
          case Value.Register register -> register.size();
          case Value.Items items -> items.values().size();
          case Value.Outcome outcome -> outcome.bits().size();
          default -> throw diagnostics.invalid(offset, target.kind() + " has no elements", "");
        };
    if (whole.value() < 0 || whole.value() >= size) {
      throw diagnostics.invalid(
          offset, "index: %d (expected: 0 to %d)".formatted(whole.value(), size - 1), "");
    }
    int at = (int) whole.value();
    return switch (target) {
      case Value.Register register -> new Value.Element(register.quantum(), register.offset() + at);
      case Value.Outcome outcome ->
          new Value.Outcome(Indexes.of(outcome.bits().get(at)), outcome.measurement());
      case Value.Items items -> items.values().get(at);
      default -> target;
    };
  }

  private Value unary(Expression.Unary unary, Value operand) {
    if (unary.operator().equals("-") && operand instanceof Value.Observable observable) {
      return observables.negated(unary.offset(), observable);
    }
    return arithmetic.unary(unary.offset(), unary.operator(), operand);
  }

  private Value binary(Expression.Binary binary, Scope scope) {
    String operator = binary.operator();
    if (operator.equals("and") || operator.equals("or")) {
      Value left = evaluate(binary.left(), scope);
      boolean decided = truth(binary.left(), left) == operator.equals("or");
      return decided ? left : evaluate(binary.right(), scope);
    }
    List<Value> sides = all(List.of(binary.left(), binary.right()), scope);
    return calculate(binary.offset(), operator, sides.getFirst(), sides.getLast());
  }

  /// One operator between two values.
  Value calculate(int offset, String operator, Value left, Value right) {
    return observables
        .calculated(offset, operator, left, right)
        .orElseGet(() -> arithmetic.binary(offset, operator, left, right));
  }

  private Value call(Expression.Call call, Scope scope) {
    Value function = evaluate(call.function(), scope);
    String name =
        switch (function) {
          case Value.Builtin builtin -> builtin.name();
          case Value.Routine routine -> routine.function().name();
          default ->
              throw diagnostics.invalid(call.offset(), function.kind() + " cannot be called", "");
        };
    Arguments arguments = new Arguments(name, call.offset(), diagnostics);
    List<Value> values =
        all(call.arguments().stream().map(Expression.Argument::value).toList(), scope);
    for (int i = 0; i < values.size(); i++) {
      arguments.add(call.arguments().get(i), values.get(i));
    }
    if (function instanceof Value.Routine routine) {
      return routines.run(routine.function(), arguments);
    }
    return LibraryCalls.isPython(name)
        ? LibraryCalls.python(name, arguments)
        : library.call(name, arguments);
  }
}

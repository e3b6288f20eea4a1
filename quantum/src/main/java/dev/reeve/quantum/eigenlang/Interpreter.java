package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.aqo.AqoOperation;
import dev.reeve.quantum.qasm.Diagnostics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Walks the statements of a program in the order in which they would run: what changes the circuit
/// does so where it stands, helpers are inlined at their call, loops are unrolled, a condition that
/// is known decides at once, and one that a measurement decides becomes a region.
final class Interpreter {
  private static final int CALLS_MAX = 40;

  private final Diagnostics diagnostics;
  private final CircuitDraft draft;
  private final Annotations annotations;
  private final Evaluator evaluator;
  private final Scope module = new Scope(Optional.empty());
  private int calls;

  Interpreter(
      Diagnostics diagnostics,
      EigenLangLimits limits,
      CancelSignal cancel,
      CircuitDraft draft,
      Annotations annotations) {
    this.diagnostics = diagnostics;
    this.draft = draft;
    this.annotations = annotations;
    Operands operands = new Operands(draft, diagnostics);
    ObservableCalls observables = new ObservableCalls(operands, diagnostics);
    LibraryCalls library =
        new LibraryCalls(draft, annotations, new GateCalls(draft, operands), observables);
    this.evaluator = new Evaluator(diagnostics, limits, cancel, observables, library, this::inline);
  }

  Scope module() {
    return module;
  }

  Value evaluate(Expression expression) {
    return evaluator.evaluate(expression, module);
  }

  List<Value> evaluate(List<Expression> expressions) {
    return evaluator.all(expressions, module);
  }

  /// Runs the function of the program, whose parameters nobody gives a value.
  void run(Statement.Function entry) {
    Scope scope = new Scope(Optional.of(module));
    for (Statement.Parameter parameter : entry.parameters()) {
      scope.set(
          parameter.name(),
          parameter
              .preset()
              .map(this::evaluate)
              .orElseGet(() -> new Value.Opaque("the parameter " + parameter.name())));
    }
    Optional<Value> _ = block(entry.body(), scope);
  }

  /// Calls a function of the program.
  private Value inline(Statement.Function function, Arguments arguments) {
    calls++;
    if (calls > CALLS_MAX) {
      throw diagnostics.limit(
          arguments.offset(), "functions that call each other deeper than " + CALLS_MAX);
    }
    try {
      return inlined(function, arguments);
    } finally {
      calls--;
    }
  }

  private Value inlined(Statement.Function function, Arguments arguments) {
    Scope scope = new Scope(Optional.of(module));
    for (Statement.Parameter parameter : function.parameters()) {
      Optional<Arguments.Given> given =
          parameter.preset().isEmpty()
              ? Optional.of(arguments.require(parameter.name()))
              : arguments.take(parameter.name());
      scope.set(
          parameter.name(),
          given
              .map(Arguments.Given::value)
              .orElseGet(() -> evaluate(parameter.preset().orElseThrow())));
    }
    arguments.finish();
    return block(function.body(), scope).orElseGet(Value.Nothing::new);
  }

  /// Runs statements; what they return, if they do. A statement with an error is passed over.
  Optional<Value> block(List<Statement> statements, Scope scope) {
    for (Statement statement : statements) {
      int depth = calls;
      int level = evaluator.nesting();
      try {
        evaluator.enter(statement.offset());
        Optional<Value> returned = statement(statement, scope);
        evaluator.leave();
        if (returned.isPresent()) {
          return returned;
        }
      } catch (Diagnostics.Stopped stopped) {
        throw stopped;
      } catch (Diagnostics.Reported _) {
        calls = depth;
        evaluator.leaveTo(level);
        failed(statement, scope);
      }
    }
    return Optional.empty();
  }

  /// Names that a wrong statement would have set are not unknown.
  private static void failed(Statement statement, Scope scope) {
    if (statement instanceof Statement.Assign assign) {
      assign.targets().forEach(target -> failed(target, scope));
    }
  }

  private static void failed(Expression target, Scope scope) {
    List<Expression> names =
        target instanceof Expression.Sequence several ? several.items() : List.of(target);
    for (Expression name : names) {
      if (name instanceof Expression.Name plain) {
        scope.set(plain.name(), new Value.Failed());
      }
    }
  }

  /// The value of what decides about other statements. When it is wrong these are looked at all the
  /// same, for what is wrong with them.
  private <T> T deciding(Supplier<T> value, Runnable statements) {
    int level = evaluator.nesting();
    try {
      return value.get();
    } catch (Diagnostics.Stopped stopped) {
      throw stopped;
    } catch (Diagnostics.Reported reported) {
      evaluator.leaveTo(level);
      statements.run();
      throw reported;
    }
  }

  private Optional<Value> statement(Statement statement, Scope scope) {
    evaluator.step(statement.offset());
    switch (statement) {
      case Statement.Assign assign -> {
        Value value = evaluator.evaluate(assign.value(), scope);
        assign.targets().forEach(target -> set(target, value, scope));
      }
      case Statement.Update update -> {
        Value before =
            scope
                .find(update.name())
                .orElseThrow(() ->
                    diagnostics.invalid(update.offset(), "unknown name: " + update.name(), ""));
        Value change = evaluator.evaluate(update.value(), scope);
        setName(
            update.name(),
            evaluator.calculate(update.offset(), update.operator(), before, change),
            scope);
      }
      case Statement.Evaluate evaluate -> {
        Value _ = evaluator.evaluate(evaluate.expression(), scope);
      }
      case Statement.Return result -> {
        if (draft.inRegion()) {
          throw diagnostics.invalid(
              result.offset(), "`return` where a measurement decides", "return after it");
        }
        return Optional.of(
            result
                .value()
                .map(value -> evaluator.evaluate(value, scope))
                .orElseGet(Value.Nothing::new));
      }
      case Statement.Pass _ -> {}
      case Statement.For loop -> {
        return loop(loop, scope);
      }
      case Statement.If choice -> {
        return choice(choice, scope);
      }
      case Statement.Function function ->
          throw diagnostics.invalid(
              function.offset(), "a function within a function", "define it before the program");
      case Statement.Import nested ->
          throw diagnostics.invalid(
              nested.offset(), "an import within a function", "import at the top");
    }
    return Optional.empty();
  }

  private void set(Expression target, Value value, Scope scope) {
    switch (target) {
      case Expression.Name name -> setName(name.name(), value, scope);
      case Expression.Sequence names -> {
        List<Value> parts = elements(target.offset(), value);
        if (parts.size() != names.items().size()) {
          throw diagnostics.invalid(
              target.offset(),
              "%d values (expected: %d, one for each name)"
                  .formatted(parts.size(), names.items().size()),
              "");
        }
        for (int i = 0; i < parts.size(); i++) {
          set(names.items().get(i), parts.get(i), scope);
        }
      }
      default -> throw diagnostics.invalid(target.offset(), "not a name that can be set", "");
    }
  }

  private void setName(String name, Value value, Scope scope) {
    scope.set(name, value);
    if (value instanceof Value.Observable observable) {
      annotations.name(name, observable);
    }
  }

  private List<Value> elements(int offset, Value value) {
    return switch (value) {
      case Value.Items items -> items.values();
      case Value.Entries entries ->
          entries.values().keySet().stream().<Value>map(Value.Text::new).toList();
      case Value.Register register -> {
        Value[] all = new Value[register.size()];
        for (int i = 0; i < all.length; i++) {
          all[i] = new Value.Element(register.quantum(), register.offset() + i);
        }
        yield List.of(all);
      }
      default ->
          throw diagnostics.invalid(
              offset, value.kind() + " (expected: a range, a list or a register)", "");
    };
  }

  private Optional<Value> loop(Statement.For loop, Scope scope) {
    Value over =
        deciding(
            () -> evaluator.evaluate(loop.iterable(), scope),
            () -> {
              failed(loop.target(), scope);
              Optional<Value> _ = block(loop.body(), scope);
            });
    if (over instanceof Value.Span span) {
      for (long i = 0; i < span.size(); i++) {
        evaluator.step(loop.offset());
        set(loop.target(), new Value.Whole(span.start() + i * span.step()), scope);
        Optional<Value> returned = block(loop.body(), scope);
        if (returned.isPresent()) {
          return returned;
        }
      }
      return Optional.empty();
    }
    for (Value value : elements(loop.iterable().offset(), over)) {
      evaluator.step(loop.offset());
      set(loop.target(), value, scope);
      Optional<Value> returned = block(loop.body(), scope);
      if (returned.isPresent()) {
        return returned;
      }
    }
    return Optional.empty();
  }

  private Optional<Value> choice(Statement.If choice, Scope scope) {
    Condition condition =
        deciding(
            () -> condition(choice.condition(), scope),
            () -> {
              Optional<Value> _ = block(choice.then(), scope);
              Optional<Value> _ = block(choice.otherwise(), scope);
            });
    return switch (condition) {
      case Known known -> block(known.holds() ? choice.then() : choice.otherwise(), scope);
      case Measured measured -> {
        branch(choice, measured, scope);
        yield Optional.empty();
      }
    };
  }

  /// What decides between two blocks.
  private sealed interface Condition {}

  /// Known now.
  private record Known(boolean holds) implements Condition {}

  /// A run decides: bits that have a value, or have not.
  private record Measured(Indexes bits, long value, boolean equal) implements Condition {}

  private Condition condition(Expression expression, Scope scope) {
    if (expression instanceof Expression.Unary unary && unary.operator().equals("not")) {
      return switch (condition(unary.operand(), scope)) {
        case Known known -> new Known(!known.holds());
        case Measured inner -> new Measured(inner.bits(), inner.value(), !inner.equal());
      };
    }
    if (expression instanceof Expression.Binary binary
        && (binary.operator().equals("==") || binary.operator().equals("!="))) {
      Value left = evaluator.evaluate(binary.left(), scope);
      Value right = evaluator.evaluate(binary.right(), scope);
      if (left instanceof Value.Outcome outcome) {
        return measured(binary, outcome, right);
      }
      if (right instanceof Value.Outcome outcome) {
        return measured(binary, outcome, left);
      }
      Value equal = evaluator.calculate(binary.offset(), binary.operator(), left, right);
      return new Known(evaluator.truth(expression, equal));
    }
    Value value = evaluator.evaluate(expression, scope);
    return value instanceof Value.Outcome outcome
        ? new Measured(bounded(expression, outcome), 0, false)
        : new Known(evaluator.truth(expression, value));
  }

  private Measured measured(Expression.Binary binary, Value.Outcome outcome, Value value) {
    long wanted = compared(binary, value, outcome);
    return new Measured(outcome.bits(), wanted, binary.operator().equals("=="));
  }

  private long compared(Expression.Binary binary, Value value, Value.Outcome outcome) {
    Indexes bits = bounded(binary, outcome);
    long found =
        switch (value) {
          case Value.Whole whole -> whole.value();
          case Value.Truth truth -> truth.value() ? 1 : 0;
          default ->
              throw diagnostics.invalid(
                  binary.offset(), value.kind() + " (expected: an integer)", "");
        };
    if (found < 0 || found >= 1L << bits.size()) {
      throw diagnostics.invalid(
          binary.offset(),
          "%d (expected: 0 to %d, as %d bits can say)"
              .formatted(found, (1L << bits.size()) - 1, bits.size()),
          "");
    }
    return found;
  }

  private Indexes bounded(Expression condition, Value.Outcome outcome) {
    if (outcome.bits().size() > 62) {
      throw diagnostics.limit(condition.offset(), "a condition on more than 62 bits");
    }
    if (!draft.holds(outcome.bits(), outcome.measurement())) {
      throw diagnostics.invalid(
          condition.offset(),
          "a condition on a measurement whose bit was measured over",
          "give each measurement bits of its own: c=[...]");
    }
    return outcome.bits();
  }

  private void branch(Statement.If choice, Measured measured, Scope scope) {
    Map<String, Value> before = scope.own();
    List<AqoOperation> then = region(choice.then(), scope);
    scope.forgetChanges(before);
    List<AqoOperation> otherwise = region(choice.otherwise(), scope);
    scope.forgetChanges(before);
    draft.branch(
        choice.offset(),
        measured.bits(),
        measured.value(),
        measured.equal() ? then : otherwise,
        measured.equal() ? otherwise : then);
  }

  private List<AqoOperation> region(List<Statement> statements, Scope scope) {
    draft.openRegion();
    Optional<Value> _ = block(statements, scope);
    return draft.closeRegion();
  }
}

package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.qasm.Diagnostics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes a program of the statements of its module: finds the one function that is the program,
/// works out what stands before it, then walks it.
final class ProgramLowering {
  private static final String PROGRAM = "hybrid_program";

  /// Marks of helpers; they change nothing.
  private static final Set<String> MARKS =
      Set.of("quantum_circuit", "ansatz", "cost_function", "benchmark");

  private final Diagnostics diagnostics;
  private final CircuitDraft draft;
  private final Annotations annotations = new Annotations();
  private final Interpreter interpreter;
  private Optional<Statement.Function> entry = Optional.empty();
  private ProgramSettings settings = new ProgramSettings(new TreeMap<>(), new TreeMap<>());

  ProgramLowering(Diagnostics diagnostics, EigenLangLimits limits, CancelSignal cancel) {
    this.diagnostics = diagnostics;
    this.draft = new CircuitDraft(limits, diagnostics);
    this.interpreter = new Interpreter(diagnostics, limits, cancel, draft, annotations);
  }

  /// The program; meaningless when there were errors.
  EigenProgram lower(List<Statement> module) {
    for (Statement statement : module) {
      guarded(() -> define(statement));
    }
    for (Statement statement : module) {
      guarded(() -> prepare(statement));
    }
    if (entry.isEmpty()) {
      if (diagnostics.count() == 0) {
        diagnostics.note(0, "no program", "one function is decorated with @hybrid_program");
      }
    } else {
      interpreter.run(entry.get());
    }
    SortedMap<String, String> all = new TreeMap<>(settings.values());
    return new EigenProgram(
        entry.map(Statement.Function::name).orElse(""),
        draft.qubits(),
        draft.finished(),
        draft.parameters(),
        annotations.members(),
        annotations.observable().map(Value.Observable::sum),
        annotations.isMinimized(),
        annotations.plan(),
        all);
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (Diagnostics.Stopped stopped) {
      throw stopped;
    } catch (Diagnostics.Reported _) {
      // It is among the errors; the next statement may have its own.
    }
  }

  /// Functions and imports are known everywhere.
  private void define(Statement statement) {
    switch (statement) {
      case Statement.Import imported -> bind(imported);
      case Statement.Function function -> {
        if (interpreter.module().own().get(function.name()) instanceof Value.Routine) {
          throw diagnostics.invalid(
              function.offset(), "the function " + function.name() + " twice", "");
        }
        interpreter.module().set(function.name(), new Value.Routine(function));
      }
      case Statement.Assign _,
          Statement.Update _,
          Statement.Evaluate _,
          Statement.Return _,
          Statement.Pass _,
          Statement.For _,
          Statement.If _ -> {}
    }
  }

  private void bind(Statement.Import imported) {
    for (Statement.Imported name : imported.names()) {
      if (name.name().isEmpty()) {
        interpreter.module().set(name.local(), new Value.Module());
        continue;
      }
      boolean optimizers = imported.module().endsWith(".optimizers");
      boolean known = optimizers ? name.name().equals("minimize") : LibraryCalls.has(name.name());
      if (!known && !name.name().equals("optimizers")) {
        diagnostics.note(name.offset(), imported.module() + " has no " + name.name(), "");
      }
      interpreter.module().set(name.local(), new Value.Builtin(name.name()));
    }
  }

  private void prepare(Statement statement) {
    switch (statement) {
      case Statement.Import _, Statement.Pass _ -> {}
      case Statement.Function function -> decorate(function);
      case Statement.Return returned ->
          throw diagnostics.invalid(returned.offset(), "`return` outside of a function", "");
      case Statement.Assign _,
          Statement.Update _,
          Statement.Evaluate _,
          Statement.For _,
          Statement.If _ -> {
        int before = draft.size();
        Optional<Value> _ = interpreter.block(List.of(statement), interpreter.module());
        if (draft.size() > before) {
          throw diagnostics.invalid(
              statement.offset(),
              "operations outside of the program",
              "they stand in the function decorated with @hybrid_program");
        }
      }
    }
  }

  private void decorate(Statement.Function function) {
    for (Expression decorator : function.decorators()) {
      Expression named = decorator instanceof Expression.Call call ? call.function() : decorator;
      String name =
          interpreter.evaluate(named) instanceof Value.Builtin builtin ? builtin.name() : "";
      if (name.equals(PROGRAM)) {
        program(function, decorator);
      } else if (!MARKS.contains(name)) {
        diagnostics.note(
            decorator.offset(),
            "a decorator that is unknown",
            "@hybrid_program marks the program, @quantum_circuit a helper");
      }
    }
  }

  private void program(Statement.Function function, Expression decorator) {
    if (entry.isPresent()) {
      throw diagnostics.invalid(
          function.offset(),
          "a second program: " + function.name(),
          "exactly one function is decorated with @hybrid_program");
    }
    entry = Optional.of(function);
    if (decorator instanceof Expression.Call call) {
      Arguments arguments = new Arguments(PROGRAM, call.offset(), diagnostics);
      List<Value> values =
          interpreter.evaluate(call.arguments().stream().map(Expression.Argument::value).toList());
      for (int i = 0; i < values.size(); i++) {
        arguments.add(call.arguments().get(i), values.get(i));
      }
      settings = ProgramSettings.of(arguments);
      annotations.limitIterations(settings.iterationsMax(diagnostics, call.offset()));
    }
  }
}

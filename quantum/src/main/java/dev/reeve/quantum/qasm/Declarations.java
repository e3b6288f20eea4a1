package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Register;
import dev.reeve.quantum.qasm.Selection.Chosen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lowers declarations of qubits, bits, variables, constants and aliases.
final class Declarations {
  private final LoweringContext context;
  private final Assignments assignments;
  private final List<Register> qubitRegisters = new ArrayList<>();
  private final List<Register> bitRegisters = new ArrayList<>();

  /// Addresses of bits declared inside blocks: a block that is entered again uses them again.
  private final Map<Integer, Indexes> localBits = new HashMap<>();

  private int qubitCount;

  Declarations(LoweringContext context, Assignments assignments) {
    this.context = context;
    this.assignments = assignments;
  }

  int qubitCount() {
    return qubitCount;
  }

  List<Register> qubitRegisters() {
    return qubitRegisters;
  }

  List<Register> bitRegisters() {
    return bitRegisters;
  }

  void qubits(Statement.QubitDeclaration declaration, Scope scope) {
    declaring(
        declaration.name(),
        scope,
        () -> {
          if (!scope.isGlobal()) {
            throw context.diagnostics.invalid(
                declaration.offset(),
                "qubits inside a block",
                "declare them at the outermost level");
          }
          int size = size(declaration.size(), scope, "qubits");
          if (size > context.limits.qubitsMax() - qubitCount) {
            throw context.diagnostics.limit(
                declaration.nameOffset(),
                "more than %d qubits".formatted(context.limits.qubitsMax()));
          }
          requireNew(declaration.name(), declaration.nameOffset(), scope);
          qubitRegisters.add(new Register(declaration.name(), qubitCount, size));
          Indexes qubits = Indexes.range(qubitCount, size);
          qubitCount += size;
          return new Symbol.Qubits(qubits, declaration.size() == null);
        });
  }

  private int size(@Nullable Expression size, Scope scope, String what) {
    if (size == null) {
      return 1;
    }
    long value = context.evaluator.constantInteger(size, scope, "the size");
    if (value < 1) {
      throw context.diagnostics.invalid(
          size.offset(), "a register of %d %s (expected: 1 or more)".formatted(value, what));
    }
    return (int) Math.min(value, Integer.MAX_VALUE);
  }

  void classical(Statement.ClassicalDeclaration declaration, Scope scope) {
    declaring(
        declaration.name(),
        scope,
        () -> {
          if (declaration.constant()) {
            return new Symbol.Constant(constant(declaration, scope));
          }
          return declaration.type().kind() == ScalarType.Kind.BIT
              ? bits(declaration, scope)
              : variable(declaration, scope);
        });
  }

  private Value constant(Statement.ClassicalDeclaration declaration, Scope scope) {
    if (!(declaration.value() instanceof Statement.Source.Value(Expression expression))) {
      throw context.diagnostics.invalid(
          declaration.nameOffset(), "a measurement is no constant", "leave out const");
    }
    ScalarType type = context.evaluator.type(declaration.type(), scope);
    Value value = context.evaluator.evaluate(expression, scope);
    if (value.isDynamic()) {
      throw context.diagnostics.invalid(
          expression.offset(), "the value of a constant depends on a measurement");
    }
    requireNew(declaration.name(), declaration.nameOffset(), scope);
    return assignments.converted(value, type, expression);
  }

  private Symbol variable(Statement.ClassicalDeclaration declaration, Scope scope) {
    ScalarType type = context.evaluator.type(declaration.type(), scope);
    requireNew(declaration.name(), declaration.nameOffset(), scope);
    int region = context.sink.region();
    Value zero = type.isReal() ? new Value.RealValue(type, 0) : new Value.IntegerValue(type, 0);
    Symbol.Variable variable = new Symbol.Variable(declaration.offset(), type, zero, region);
    switch (declaration.value()) {
      case null -> {}
      case Statement.Source.Value(Expression expression) ->
          assignments.store(variable, context.evaluator.evaluate(expression, scope), expression);
      case Statement.Source.Measurement measurement ->
          throw context.diagnostics.unsupported(
              measurement.offset(),
              "a measurement cannot be stored as " + type.shown() + " at once",
              "measure into bits and cast them: " + type.shown() + "(...)");
    }
    return variable;
  }

  private Symbol bits(Statement.ClassicalDeclaration declaration, Scope scope) {
    int size = size(declaration.type().width(), scope, "bits");
    requireNew(declaration.name(), declaration.nameOffset(), scope);
    boolean single = declaration.type().width() == null;
    Indexes addresses = addresses(declaration, size, scope);
    Chosen target = new Chosen(addresses, single);
    switch (declaration.value()) {
      case null -> {
        if (!scope.isGlobal()) {
          assignments.clear(target, declaration.offset());
        }
      }
      case Statement.Source.Value(Expression expression) ->
          assignments.store(
              target, context.evaluator.evaluate(expression, scope), expression.offset());
      case Statement.Source.Measurement(int offset, Statement.Reference qubits) ->
          assignments.measure(context.references.qubits(qubits, scope), target, offset);
    }
    return new Symbol.Bits(addresses, single);
  }

  private Indexes addresses(Statement.ClassicalDeclaration declaration, int size, Scope scope) {
    Indexes again = localBits.get(declaration.offset());
    if (again != null && again.size() == size) {
      return again;
    }
    if (size > context.limits.bitsMax() - context.bits.size()) {
      throw context.diagnostics.limit(
          declaration.nameOffset(),
          "more than %d classical bits".formatted(context.limits.bitsMax()));
    }
    Indexes addresses = Indexes.range(context.bits.add(size, context.sink.region()), size);
    if (scope.isGlobal()) {
      bitRegisters.add(new Register(declaration.name(), addresses.get(0), size));
    } else {
      localBits.put(declaration.offset(), addresses);
    }
    return addresses;
  }

  void alias(Statement.Alias alias, Scope scope) {
    declaring(
        alias.name(),
        scope,
        () -> {
          boolean ofQubits =
              context.evaluator.symbol(
                      alias.parts().getFirst().name(), alias.parts().getFirst().offset(), scope)
                  instanceof Symbol.Qubits;
          List<Integer> joined = new ArrayList<>();
          boolean single = false;
          for (Statement.Reference part : alias.parts()) {
            Chosen chosen =
                ofQubits
                    ? context.references.qubits(part, scope)
                    : context.references.bits(part, scope);
            single = chosen.single() && alias.parts().size() == 1;
            for (int i = 0; i < chosen.indexes().size(); i++) {
              joined.add(chosen.indexes().get(i));
            }
          }
          requireNew(alias.name(), alias.nameOffset(), scope);
          Indexes indexes = Indexes.of(joined.stream().mapToInt(Integer::intValue).toArray());
          return ofQubits ? new Symbol.Qubits(indexes, single) : new Symbol.Bits(indexes, single);
        });
  }

  @FunctionalInterface
  private interface Declaring {
    Symbol symbol();
  }

  /// Declares what `declaring` makes; when that is wrong, the name is known to be broken, so that
  /// its uses are not reported as well.
  private void declaring(String name, Scope scope, Declaring declaring) {
    try {
      scope.declare(name, declaring.symbol());
    } catch (Diagnostics.Reported reported) {
      scope.declare(name, new Symbol.Broken());
      throw reported;
    }
  }

  private void requireNew(String name, int offset, Scope scope) {
    if (scope.declares(name)) {
      throw context.diagnostics.invalid(
          offset, "\"" + name + "\" is declared twice", "choose another name");
    }
  }
}

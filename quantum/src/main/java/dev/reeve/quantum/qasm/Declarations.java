package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Register;
import dev.reeve.quantum.qasm.Selection.Chosen;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lowers declarations of qubits, bits, variables, constants and aliases.
final class Declarations {
  /// What the register of physical qubits is called.
  static final String PHYSICAL = "$";

  /// Most elements of an array.
  private static final int ELEMENTS_MAX = 1 << 16;

  private final LoweringContext context;
  private final Assignments assignments;
  private final List<Register> qubitRegisters = new ArrayList<>();
  private final List<Register> bitRegisters = new ArrayList<>();

  private final List<Output> outputs = new ArrayList<>();
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
    context.evaluator.constness().require(size, scope);
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
    context.evaluator.constness().require(expression, scope);
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
    Symbol.Variable variable = variable(declaration.offset(), type);
    switch (declaration.value()) {
      case null -> {}
      case Statement.Source.Value(Expression expression) ->
          assignments.store(variable, context.evaluator.evaluate(expression, scope), expression);
      case Statement.Source.Measurement(int offset, Statement.Reference qubits) ->
          assignments.store(variable, assignments.measured(qubits, offset, scope), offset);
    }
    return variable;
  }

  private Symbol.Variable variable(int offset, ScalarType type) {
    return new Symbol.Variable(
        site(Slots.Use.VARIABLE, offset), type, Value.zero(type), context.sink.region());
  }

  private Slots.Site site(Slots.Use use, int offset) {
    return new Slots.Site(use, context.jumps.depth(), offset, 0);
  }

  void array(Statement.ArrayDeclaration declaration, Scope scope) {
    declaring(
        declaration.name(),
        scope,
        () -> {
          if (!scope.isGlobal()) {
            throw context.diagnostics.invalid(
                declaration.offset(), "\"array\" inside a block", "move it to the outermost level");
          }
          ScalarType type = context.evaluator.type(declaration.type().element(), scope);
          List<Integer> shape = shape(declaration.type(), scope);
          requireNew(declaration.name(), declaration.nameOffset(), scope);
          ArrayView view = array(type, shape, declaration.offset());
          if (declaration.value() != null) {
            assignments.fill(view, declaration.value(), scope);
          }
          return new Symbol.Array(view);
        });
  }

  private ArrayView array(ScalarType type, List<Integer> shape, int offset) {
    int count = shape.stream().reduce(1, (a, b) -> a * b);
    context.budget.elements(16 * count, offset);
    return new ArrayView(
        type,
        shape,
        Arrays.elements(type, count, site(Slots.Use.ELEMENT, offset), context.sink.region()),
        true);
  }

  /// The sizes of an array's dimensions.
  List<Integer> shape(TypeSyntax.Array type, Scope scope) {
    if (type.sizes().size() > Arrays.DIMENSIONS_MAX) {
      throw context.diagnostics.invalid(
          type.offset(),
          "%d dimensions (expected: at most %d)"
              .formatted(type.sizes().size(), Arrays.DIMENSIONS_MAX));
    }
    List<Integer> shape = new ArrayList<>();
    long count = 1;
    for (Expression size : type.sizes()) {
      context.evaluator.constness().require(size, scope);
      long value = context.evaluator.constantInteger(size, scope, "the size of an array");
      if (value < 1) {
        throw context.diagnostics.invalid(
            size.offset(), "a dimension of %d (expected: 1 or more)".formatted(value));
      }
      count = value > ELEMENTS_MAX ? value : count * value;
      if (count > ELEMENTS_MAX) {
        throw context.diagnostics.limit(
            size.offset(), "an array of more than %d elements".formatted(ELEMENTS_MAX));
      }
      shape.add((int) value);
    }
    return shape;
  }

  /// Bits of a parameter.
  Indexes local(int offset, int size) {
    return context.hiddenBits.at(offset, size);
  }

  /// Declares what is given to the program, or what it gives back.
  void passage(Statement.Passage passage, Scope scope) {
    declaring(
        passage.name(),
        scope,
        () -> {
          String word = passage.input() ? "input" : "output";
          if (!scope.isGlobal()) {
            throw context.diagnostics.invalid(
                passage.offset(),
                "\"" + word + "\" inside a block",
                "move it to the outermost level");
          }
          if (passage.input() && passage.array() != null) {
            return input(passage, passage.array(), scope);
          }
          if (passage.scalar() == null) {
            throw context.diagnostics.unsupported(
                passage.offset(), "an array as " + word + " is not offered", "");
          }
          ScalarType type = context.evaluator.type(passage.scalar(), scope);
          requireNew(passage.name(), passage.nameOffset(), scope);
          return passage.input() ? input(passage, type) : output(passage, type, scope);
        });
  }

  private Symbol input(Statement.Passage passage, TypeSyntax.Array array, Scope scope) {
    ScalarType type = context.evaluator.type(array.element(), scope);
    List<Integer> shape = shape(array, scope);
    requireNew(passage.name(), passage.nameOffset(), scope);
    ArrayView view = array(type, shape, passage.offset());
    List<Value> values = context.inputs.values(passage, type, shape, context);
    for (int i = 0; i < values.size(); i++) {
      assignments.store(view.elements().get(i), values.get(i), passage.offset());
    }
    return new Symbol.Array(view);
  }

  private Symbol input(Statement.Passage passage, ScalarType type) {
    Value value = context.inputs.value(passage, type, context);
    if (type.kind() != ScalarType.Kind.BIT) {
      Symbol.Variable variable = variable(passage.offset(), type);
      variable.know(value);
      return variable;
    }
    Indexes addresses = context.hiddenBits.at(passage.offset(), type.width());
    boolean single = passage.scalar() != null && passage.scalar().width() == null;
    assignments.store(new Chosen(addresses, single), value, passage.offset());
    return new Symbol.Bits(addresses, single);
  }

  private Symbol output(Statement.Passage passage, ScalarType type, Scope scope) {
    if (type.kind() == ScalarType.Kind.BIT) {
      Symbol.Bits bits =
          (Symbol.Bits)
              bits(
                  new Statement.ClassicalDeclaration(
                      passage.offset(),
                      passage.nameOffset(),
                      false,
                      Objects.requireNonNull(passage.scalar()),
                      passage.name(),
                      null),
                  scope);
      outputs.add(new Output(passage.name(), bits.addresses().get(0), null, passage.offset()));
      return bits;
    }
    if (type.isKnownOnly()) {
      throw context.diagnostics.unsupported(
          passage.offset(),
          "an output of type " + type.shown() + " is not offered",
          "results are bits: give back bit, bool, int, uint or angle[n]");
    }
    Symbol.Variable variable = variable(passage.offset(), type);
    outputs.add(new Output(passage.name(), -1, variable, passage.offset()));
    return variable;
  }

  /// Something the program gives back.
  ///
  /// @param address of its first bit, if it is bits
  /// @param variable if it is none
  private record Output(String name, int address, Symbol.@Nullable Variable variable, int offset) {}

  /// At the end: when the program says what it gives back, this alone is its result; numbers go
  /// there bit by bit.
  void finish() {
    if (outputs.isEmpty()) {
      return;
    }
    List<Register> results = new ArrayList<>();
    for (Output output : outputs) {
      if (output.variable() == null) {
        bitRegisters.stream()
            .filter(register -> register.offset() == output.address())
            .forEach(results::add);
      } else {
        int width = output.variable().type().effectiveWidth();
        Indexes bits = context.newBits(width, output.offset());
        Value value = context.evaluator.names().read(output.variable());
        context.sink.add(
            new Operation.AssignBits(
                bits, context.evaluator.dynamic().code(value, output.offset())),
            output.offset());
        results.add(new Register(output.name(), bits.get(0), width));
      }
    }
    bitRegisters.clear();
    bitRegisters.addAll(results);
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
    if (!scope.isGlobal()) {
      return context.hiddenBits.at(declaration.offset(), size);
    }
    Indexes addresses = context.newBits(size, declaration.nameOffset());
    bitRegisters.add(new Register(declaration.name(), addresses.get(0), size));
    return addresses;
  }

  void alias(Statement.Alias alias, Scope scope) {
    declaring(
        alias.name(),
        scope,
        () -> {
          Statement.Reference first = alias.parts().getFirst();
          Symbol symbol = context.evaluator.names().symbol(first.name(), first.offset(), scope);
          if (symbol instanceof Symbol.Array) {
            return ofArray(alias, scope);
          }
          boolean ofQubits = symbol instanceof Symbol.Qubits;
          Set<Integer> joined = new LinkedHashSet<>();
          boolean single = false;
          for (Statement.Reference part : alias.parts()) {
            Chosen chosen =
                ofQubits
                    ? context.references.qubits(part, scope)
                    : context.references.bits(part, scope);
            single = chosen.single() && alias.parts().size() == 1;
            for (int i = 0; i < chosen.indexes().size(); i++) {
              if (!joined.add(chosen.indexes().get(i))) {
                throw context.diagnostics.invalid(
                    part.offset(), "parts of \"" + alias.name() + "\" overlap");
              }
            }
          }
          requireNew(alias.name(), alias.nameOffset(), scope);
          Indexes indexes = Indexes.of(joined.stream().mapToInt(Integer::intValue).toArray());
          return ofQubits ? new Symbol.Qubits(indexes, single) : new Symbol.Bits(indexes, single);
        });
  }

  private Symbol ofArray(Statement.Alias alias, Scope scope) {
    Statement.Reference part = alias.parts().getFirst();
    ArrayView view = context.evaluator.arrays().find(part.read(), scope);
    if (view == null || alias.parts().size() > 1) {
      throw context.diagnostics.unsupported(
          part.offset(), "an alias of this is not offered", "name one part of an array");
    }
    requireNew(alias.name(), alias.nameOffset(), scope);
    return new Symbol.Array(view);
  }

  /// What may be called like a gate cannot have the name of one. With values alone there is nothing
  /// to mistake it for.
  private void requireNoGate(String name, int offset) {
    if (context.gates.isKnown(name)) {
      throw context.diagnostics.invalid(
          offset, "\"" + name + "\" is a gate already", "choose another name");
    }
  }

  void subroutine(Statement.Subroutine definition, Scope scope) {
    declaring(
        definition.name(),
        scope,
        () -> {
          requireNew(definition.name(), definition.nameOffset(), scope);
          boolean ofValues =
              !definition.parameters().isEmpty()
                  && definition.parameters().stream()
                      .noneMatch(Statement.Parameter.Qubits.class::isInstance);
          if (!ofValues) {
            requireNoGate(definition.name(), definition.nameOffset());
          }
          return new Symbol.Subroutine(definition, scope);
        });
  }

  void external(Statement.External external, Scope scope) {
    declaring(
        external.name(),
        scope,
        () -> {
          requireNew(external.name(), external.nameOffset(), scope);
          return new Symbol.External(external.name());
        });
  }

  /// Qubits of a device, by their numbers.
  void physicalQubits(int count, int offset, Scope scope) {
    if (count > context.limits.qubitsMax()) {
      throw context.diagnostics.limit(
          offset, "more than %d qubits".formatted(context.limits.qubitsMax()));
    }
    qubitRegisters.add(new Register(PHYSICAL, 0, count));
    for (int i = 0; i < count; i++) {
      scope.declare(PHYSICAL + i, new Symbol.Qubits(Indexes.of(i), true));
    }
    qubitCount = count;
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

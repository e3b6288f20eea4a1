package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.Selection.Chosen;
import dev.reeve.quantum.qasm.Value.BitsValue;
import dev.reeve.quantum.qasm.Value.Computed;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import java.math.BigInteger;
import java.util.List;

/// Lowers what changes classical memory. A known value of a variable stays in the compiler; bits
/// are always written, because they are the program's result.
final class Assignments {
  private final LoweringContext context;

  Assignments(LoweringContext context) {
    this.context = context;
  }

  void assign(Statement.Assignment assignment, Scope scope) {
    Statement.Reference target = assignment.target();
    Symbol symbol = context.evaluator.names().symbol(target.name(), target.offset(), scope);
    switch (symbol) {
      case Symbol.Bits _ -> {
        Chosen chosen = context.references.bits(target, scope);
        store(chosen, value(assignment, scope), assignment.value().offset());
      }
      case Symbol.Variable variable -> {
        if (target.selectors().isEmpty()) {
          store(variable, assignment, value(assignment, scope));
        } else {
          Indexes chosen = wordBits(variable, target.name(), target.selectors(), scope);
          storeBits(variable, chosen, value(assignment, scope), assignment.value().offset());
        }
      }
      case Symbol.Array(ArrayView view) -> assign(assignment, view, scope);
      case Symbol.Constant _ ->
          throw context.diagnostics.invalid(
              target.offset(),
              "\"" + target.name() + "\" is constant",
              "leave out const where it is declared");
      case Symbol.Qubits _ ->
          throw context.diagnostics.invalid(
              target.offset(), "\"" + target.name() + "\" is a qubit", "use reset or gates");
      case Symbol.Subroutine _, Symbol.External _ ->
          throw context.diagnostics.invalid(
              target.offset(), "\"" + target.name() + "\" is a function");
      case Symbol.Broken _, Symbol.Hidden _ -> throw context.diagnostics.silently();
    }
  }

  private void store(Symbol.Variable variable, Statement.Assignment assignment, Value value) {
    if (assignment.sign() == null) {
      store(variable, value, assignment.value());
    } else {
      store(variable, value, assignment.offset());
    }
  }

  private void assign(Statement.Assignment assignment, ArrayView whole, Scope scope) {
    Statement.Reference target = assignment.target();
    if (!whole.changeable()) {
      throw context.diagnostics.invalid(
          target.offset(), "\"" + target.name() + "\" is readonly", "declare it as mutable");
    }
    Arrays.Part part =
        context.evaluator.arrays().select(target.name(), whole, target.selectors(), scope);
    if (part.view().shape().isEmpty()) {
      Symbol.Variable element = part.view().elements().getFirst();
      if (part.rest().isEmpty()) {
        store(element, assignment, value(assignment, scope));
      } else {
        Indexes chosen = wordBits(element, target.name(), part.rest(), scope);
        storeBits(element, chosen, value(assignment, scope), assignment.value().offset());
      }
      return;
    }
    if (assignment.sign() != null) {
      throw context.diagnostics.invalid(
          assignment.offset(), "an array cannot be changed as a whole", "use a loop");
    }
    fill(part.view(), assignment.value(), scope);
  }

  /// Copies an array, or a list of elements, into another of the same shape.
  void fill(ArrayView target, Expression source, Scope scope) {
    context.budget.elements(16 * target.elements().size(), source.offset());
    List<Value> values =
        context.evaluator.arrays().values(source, target.type(), target.shape(), scope);
    for (int i = 0; i < values.size(); i++) {
      store(target.elements().get(i), values.get(i), source.offset());
    }
  }

  /// Places of bits in a number.
  private Indexes wordBits(
      Symbol.Variable variable, String name, List<Expression.Selector> selectors, Scope scope) {
    int width =
        context.evaluator.wordBits().width(variable.type(), name, selectors.getFirst().offset());
    return context
        .evaluator
        .selection()
        .choose(name, Indexes.range(0, width), false, selectors, scope)
        .indexes();
  }

  private void storeBits(Symbol.Variable variable, Indexes places, Value value, int offset) {
    Value bits =
        context.evaluator.conversions().implicit(value, ScalarType.bits(places.size()), offset);
    Value word = context.evaluator.names().read(variable);
    store(variable, context.evaluator.wordBits().write(word, places, bits, offset), offset);
  }

  private Value value(Statement.Assignment assignment, Scope scope) {
    Value value = context.evaluator.evaluate(assignment.value(), scope);
    if (assignment.sign() == null) {
      return value;
    }
    return context.evaluator.binary(
        assignment.sign(),
        context.calls.repeated(() -> context.evaluator.evaluate(assignment.target().read(), scope)),
        value,
        assignment.offset(),
        KnownArithmetic.Division.INTEGER);
  }

  /// Stores the value of an expression in a variable; a number written in the program must fit.
  void store(Symbol.Variable variable, Value value, Expression source) {
    store(variable, converted(value, variable.type(), source), source.offset());
  }

  /// Stores a value in a variable, cut to what the variable can hold. Inside a region of the
  /// circuit even a known value goes to memory: whether the region runs is not known.
  void store(Symbol.Variable variable, Value value, int offset) {
    Value converted = context.evaluator.conversions().implicit(value, variable.type(), offset);
    if (!converted.isDynamic() && context.sink.region() == variable.region()) {
      variable.know(converted);
      return;
    }
    ClassicalExpression code = context.evaluator.dynamic().code(converted, offset);
    context.sink.add(new Operation.AssignVariable(slot(variable), code), offset);
    variable.know(null);
  }

  /// A value as a type holds it; a number written in the program must fit.
  Value converted(Value value, ScalarType type, Expression source) {
    boolean literal =
        source instanceof Expression.IntegerLiteral
            || (source instanceof Expression.Unary unary
                && unary.operand() instanceof Expression.IntegerLiteral);
    boolean integer = type.kind() == ScalarType.Kind.INT || type.kind() == ScalarType.Kind.UINT;
    if (literal
        && integer
        && value instanceof IntegerValue known
        && !Integers.fits(known.value(), type)) {
      throw context.diagnostics.invalid(
          source.offset(), known.value() + " does not fit into " + type.shown());
    }
    return context.evaluator.conversions().implicit(value, type, source);
  }

  private int slot(Symbol.Variable variable) {
    if (variable.slot() < 0) {
      variable.giveSlot(context.slots.of(variable.site()));
    }
    return variable.slot();
  }

  /// Moves a known variable to memory, because from here on only the run knows its value.
  void moveToMemory(Symbol.Variable variable, int offset) {
    Value known = variable.known();
    if (known != null && !variable.type().isKnownOnly()) {
      ClassicalExpression code = context.evaluator.dynamic().code(known, offset);
      context.sink.add(new Operation.AssignVariable(slot(variable), code), offset);
      variable.know(null);
    }
  }

  void store(Chosen target, Value value, int offset) {
    int width = target.indexes().size();
    context.budget.elements(width, offset);
    Value converted =
        context.evaluator.conversions().implicit(value, ScalarType.bits(width), offset);
    switch (converted) {
      case BitsValue known -> storeKnown(target.indexes(), known, offset);
      case Computed computed -> {
        context.sink.add(new Operation.AssignBits(target.indexes(), computed.code()), offset);
        forget(target.indexes());
      }
      case Value _ ->
          throw context.diagnostics.unsupported(
              offset, "more than 64 measured bits cannot be copied at once", "copy slices");
    }
  }

  private void storeKnown(Indexes addresses, BitsValue known, int offset) {
    int[] all = addresses.toArray();
    for (int from = 0; from < all.length; from += ClassicalExpression.WIDTH_MAX) {
      int to = Math.min(all.length, from + ClassicalExpression.WIDTH_MAX);
      long chunk = known.bits().shiftRight(from).longValue();
      context.sink.add(
          new Operation.AssignBits(
              Indexes.of(java.util.Arrays.copyOfRange(all, from, to)),
              new ClassicalExpression.Constant(chunk)),
          offset);
    }
    for (int i = 0; i < all.length; i++) {
      context.bits.set(all[i], known.bits().testBit(i), context.sink.region());
    }
  }

  /// Sets bits to zero, as a block does with bits that it declares.
  void clear(Chosen target, int offset) {
    context.budget.elements(target.indexes().size(), offset);
    storeKnown(target.indexes(), new BitsValue(target.indexes().size(), BigInteger.ZERO), offset);
  }

  void forget(Indexes addresses) {
    for (int i = 0; i < addresses.size(); i++) {
      context.bits.forget(addresses.get(i));
    }
  }

  void measure(Statement.Measure measure, Scope scope) {
    Chosen qubits = context.references.qubits(measure.qubits(), scope);
    Statement.Reference target = measure.target();
    if (target != null) {
      Symbol symbol = context.evaluator.names().symbol(target.name(), target.offset(), scope);
      if (symbol instanceof Symbol.Variable || symbol instanceof Symbol.Array) {
        measureInto(measure, target, symbol, scope);
      } else {
        measure(qubits, context.references.bits(target, scope), measure.offset());
      }
      return;
    }
    for (int i = 0; i < qubits.indexes().size(); i++) {
      context.sink.add(
          new Operation.Measure(qubits.indexes().get(i), Operation.Measure.DISCARD),
          measure.offset());
    }
  }

  /// Measures into bits of our own, then copies them to a variable, an element, or bits of one.
  private void measureInto(
      Statement.Measure measure, Statement.Reference target, Symbol symbol, Scope scope) {
    Symbol.Variable variable = null;
    List<Expression.Selector> rest = target.selectors();
    if (symbol instanceof Symbol.Array(ArrayView view)) {
      Arrays.Part part =
          context.evaluator.arrays().select(target.name(), view, target.selectors(), scope);
      rest = part.rest();
      variable = part.view().shape().isEmpty() ? part.view().elements().getFirst() : null;
    } else if (symbol instanceof Symbol.Variable each) {
      variable = each;
    }
    if (variable == null) {
      throw context.diagnostics.unsupported(
          target.offset(), "a measurement into several elements at once", "use a loop");
    }
    if (rest.isEmpty()) {
      store(variable, measured(measure.qubits(), measure.offset(), scope), measure.offset());
      return;
    }
    Indexes places = wordBits(variable, target.name(), rest, scope);
    Value bits = measured(measure.qubits(), measure.offset(), scope);
    storeBits(variable, places, bits, measure.offset());
  }

  /// The outcome of a measurement as a value, kept in bits that the program does not see.
  Value measured(Statement.Reference reference, int offset, Scope scope) {
    Chosen qubits = context.references.qubits(reference, scope);
    Indexes bits = context.hiddenBits.at(offset, qubits.indexes().size());
    measure(qubits, new Chosen(bits, qubits.single()), offset);
    return context.evaluator.names().readBits(bits);
  }

  void measure(Chosen qubits, Chosen target, int offset) {
    int size = qubits.indexes().size();
    if (size != target.indexes().size()) {
      throw context.diagnostics.invalid(
          offset,
          "%s measured into %s"
              .formatted(
                  GateExpander.counted(size, "qubit"),
                  GateExpander.counted(target.indexes().size(), "bit")),
          "both sides must be of the same size");
    }
    for (int i = 0; i < size; i++) {
      context.sink.add(
          new Operation.Measure(qubits.indexes().get(i), target.indexes().get(i)), offset);
    }
    forget(target.indexes());
  }
}

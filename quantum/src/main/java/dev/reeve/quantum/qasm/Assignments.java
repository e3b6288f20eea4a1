package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.Selection.Chosen;
import dev.reeve.quantum.qasm.Value.BitsValue;
import dev.reeve.quantum.qasm.Value.Computed;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Lowers what changes classical memory. A known value of a variable stays in the compiler; bits
/// are always written, because they are the program's result.
final class Assignments {
  private final LoweringContext context;

  /// Slots by the place of the declaration: a block that is entered again uses them again.
  private final Map<Integer, Integer> slots = new HashMap<>();

  Assignments(LoweringContext context) {
    this.context = context;
  }

  /// Variables that needed a slot.
  int variableCount() {
    return slots.size();
  }

  void assign(Statement.Assignment assignment, Scope scope) {
    Value value = value(assignment, scope);
    Statement.Reference target = assignment.target();
    switch (context.evaluator.symbol(target.name(), target.offset(), scope)) {
      case Symbol.Bits _ ->
          store(context.references.bits(target, scope), value, assignment.value().offset());
      case Symbol.Variable variable -> {
        if (!target.selectors().isEmpty()) {
          throw context.diagnostics.unsupported(
              target.selectors().getFirst().offset(),
              "single bits of " + variable.type().shown() + " cannot be assigned",
              "use a register of bits");
        }
        if (assignment.sign() == null) {
          store(variable, value, assignment.value());
        } else {
          store(variable, value, assignment.offset());
        }
      }
      case Symbol.Constant _ ->
          throw context.diagnostics.invalid(
              target.offset(),
              "\"" + target.name() + "\" is constant",
              "leave out const where it is declared");
      case Symbol.Qubits _ ->
          throw context.diagnostics.invalid(
              target.offset(), "\"" + target.name() + "\" is a qubit", "use reset or gates");
      case Symbol.Broken _ -> throw context.diagnostics.silently();
    }
  }

  private Value value(Statement.Assignment assignment, Scope scope) {
    Value value = context.evaluator.evaluate(assignment.value(), scope);
    if (assignment.sign() == null) {
      return value;
    }
    Statement.Reference target = assignment.target();
    Expression read = new Expression.Name(target.offset(), target.name());
    for (Expression.Selector selector : target.selectors()) {
      read = new Expression.Indexed(target.offset(), read, selector);
    }
    return context.evaluator.binary(
        assignment.sign(),
        context.evaluator.evaluate(read, scope),
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
    return context.evaluator.conversions().implicit(value, type, source.offset());
  }

  private int slot(Symbol.Variable variable) {
    if (variable.slot() < 0) {
      variable.giveSlot(slots.computeIfAbsent(variable.site(), _ -> slots.size()));
    }
    return variable.slot();
  }

  /// Moves a known variable to memory, because from here on only the run knows its value.
  void moveToMemory(Symbol.Variable variable, int offset) {
    Value known = variable.known();
    if (known != null && !variable.type().isReal()) {
      ClassicalExpression code = context.evaluator.dynamic().code(known, offset);
      context.sink.add(new Operation.AssignVariable(slot(variable), code), offset);
      variable.know(null);
    }
  }

  void store(Chosen target, Value value, int offset) {
    int width = target.indexes().size();
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
              Indexes.of(Arrays.copyOfRange(all, from, to)),
              new ClassicalExpression.Constant(chunk)),
          offset);
    }
    for (int i = 0; i < all.length; i++) {
      context.bits.set(all[i], known.bits().testBit(i), context.sink.region());
    }
  }

  /// Sets bits to zero, as a block does with bits that it declares.
  void clear(Chosen target, int offset) {
    storeKnown(target.indexes(), new BitsValue(target.indexes().size(), BigInteger.ZERO), offset);
  }

  void forget(Indexes addresses) {
    for (int i = 0; i < addresses.size(); i++) {
      context.bits.forget(addresses.get(i));
    }
  }

  void measure(Statement.Measure measure, Scope scope) {
    Chosen qubits = context.references.qubits(measure.qubits(), scope);
    if (measure.target() != null) {
      measure(qubits, context.references.bits(measure.target(), scope), measure.offset());
      return;
    }
    for (int i = 0; i < qubits.indexes().size(); i++) {
      context.sink.add(
          new Operation.Measure(qubits.indexes().get(i), Operation.Measure.DISCARD),
          measure.offset());
    }
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

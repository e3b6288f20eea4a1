package dev.reeve.quantum.qasm;

import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.ClassicalExpression.UnaryOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.qasm.KnownArithmetic.Division;
import dev.reeve.quantum.qasm.Value.BitsValue;
import dev.reeve.quantum.qasm.Value.Computed;
import dev.reeve.quantum.qasm.Value.IntegerValue;
import dev.reeve.quantum.qasm.Value.RealValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Works out expressions: to a known value when everything in them is known, else to code for the
/// run.
final class Evaluator {
  /// Widest integer a program may declare.
  private static final int WIDTH_MAX = 64;

  private final QasmVersion version;
  private final Diagnostics diagnostics;
  private final BitKnowledge bits;
  private final Conversions conversions;
  private final KnownArithmetic known;
  private final DynamicArithmetic dynamic;
  private final Builtins builtins;
  private final Selection selection;

  Evaluator(QasmVersion version, Diagnostics diagnostics, BitKnowledge bits) {
    this.version = version;
    this.diagnostics = diagnostics;
    this.bits = bits;
    this.conversions = new Conversions(diagnostics);
    this.known = new KnownArithmetic(diagnostics);
    this.dynamic = new DynamicArithmetic(diagnostics, conversions);
    this.builtins = new Builtins(version, diagnostics, conversions, known);
    this.selection = new Selection(this, diagnostics);
  }

  Conversions conversions() {
    return conversions;
  }

  DynamicArithmetic dynamic() {
    return dynamic;
  }

  Selection selection() {
    return selection;
  }

  Value evaluate(Expression expression, Scope scope) {
    return evaluate(expression, scope, Division.INTEGER);
  }

  Value evaluate(Expression expression, Scope scope, Division division) {
    return switch (expression) {
      case Expression.IntegerLiteral literal ->
          version == QasmVersion.V2 && division == Division.REAL
              ? Value.real((double) literal.value())
              : new IntegerValue(ScalarType.INT, literal.value());
      case Expression.RealLiteral literal -> Value.real(literal.value());
      case Expression.BooleanLiteral literal -> Value.truth(literal.value());
      case Expression.BitsLiteral literal ->
          new BitsValue(literal.bits().length(), new BigInteger(literal.bits(), 2));
      case Expression.Name name -> read(name, scope);
      case Expression.Unary unary -> unary(unary, evaluate(unary.operand(), scope, division));
      case Expression.Binary binary -> {
        Value left = evaluate(binary.left(), scope, division);
        Value right = evaluate(binary.right(), scope, division);
        yield binary(binary.sign(), left, right, binary.offset(), division);
      }
      case Expression.Call call -> {
        List<Value> arguments = new ArrayList<>(call.arguments().size());
        for (Expression argument : call.arguments()) {
          arguments.add(evaluate(argument, scope, division));
        }
        yield builtins.call(call, arguments);
      }
      case Expression.Cast cast -> {
        ScalarType type = type(cast.type(), scope);
        yield conversions.cast(evaluate(cast.operand(), scope), type, cast.offset());
      }
      case Expression.Indexed indexed -> indexed(indexed, scope);
    };
  }

  Value binary(Expression.BinarySign sign, Value left, Value right, int offset, Division division) {
    return left.isDynamic() || right.isDynamic()
        ? dynamic.binary(sign, left, right, offset)
        : known.binary(sign, left, right, offset, division);
  }

  private Value read(Expression.Name name, Scope scope) {
    return switch (symbol(name.name(), name.offset(), scope)) {
      case Symbol.Constant constant -> constant.value();
      case Symbol.Variable variable -> {
        Value value = variable.known();
        yield value != null
            ? value
            : new Computed(variable.type(), new ClassicalExpression.Variable(variable.slot()));
      }
      case Symbol.Bits register -> readBits(register.addresses());
      case Symbol.Qubits _ ->
          throw diagnostics.invalid(
              name.offset(),
              "qubits have no value: \"" + name.name() + "\"",
              "measure them into bits first");
      case Symbol.Broken _ -> throw diagnostics.silently();
    };
  }

  Value readBits(Indexes addresses) {
    if (bits.isKnown(addresses)) {
      BigInteger value = BigInteger.ZERO;
      for (int i = 0; i < addresses.size(); i++) {
        if (bits.isOne(addresses.get(i))) {
          value = value.setBit(i);
        }
      }
      return new BitsValue(addresses.size(), value);
    }
    return addresses.size() > ClassicalExpression.WIDTH_MAX
        ? new Value.WideBits(addresses)
        : new Computed(ScalarType.bits(addresses.size()), new ClassicalExpression.Bits(addresses));
  }

  private Value indexed(Expression.Indexed indexed, Scope scope) {
    List<Expression.Selector> selectors = new ArrayList<>();
    Expression base = indexed;
    while (base instanceof Expression.Indexed each) {
      selectors.addFirst(each.selector());
      base = each.base();
    }
    if (base instanceof Expression.Name name
        && symbol(name.name(), name.offset(), scope) instanceof Symbol.Bits register) {
      Selection.Chosen chosen =
          selection.choose(name.name(), register.addresses(), register.single(), selectors, scope);
      return readBits(chosen.indexes());
    }
    throw diagnostics.unsupported(
        indexed.offset(), "only bits of a register can be indexed here", "cast it: bit[8](...)");
  }

  private Value unary(Expression.Unary unary, Value value) {
    return switch (unary.sign()) {
      case NOT -> not(conversions.toBool(value, unary.offset()));
      case MINUS -> negate(unary, value);
      case COMPLEMENT -> complement(unary, value);
    };
  }

  private static Value not(Value truth) {
    return truth instanceof Computed computed
        ? new Computed(
            ScalarType.BOOL, new ClassicalExpression.Unary(UnaryOperation.NOT, computed.code()))
        : Value.truth(((IntegerValue) truth).value() == 0);
  }

  private Value negate(Expression.Unary unary, Value value) {
    return switch (value) {
      case IntegerValue(ScalarType type, long number) when type.kind() != ScalarType.Kind.BOOL ->
          new IntegerValue(type, Integers.wrap(-number, type));
      case RealValue(ScalarType type, double number) ->
          type.kind() == ScalarType.Kind.ANGLE
              ? Angles.of(-number, type)
              : new RealValue(type, -number);
      case Computed(ScalarType type, ClassicalExpression code)
          when type.kind() == ScalarType.Kind.INT || type.kind() == ScalarType.Kind.UINT ->
          new Computed(
              type,
              Integers.wrap(new ClassicalExpression.Unary(UnaryOperation.NEGATE, code), type));
      default -> throw cannot(unary, value);
    };
  }

  private Value complement(Expression.Unary unary, Value value) {
    return switch (value) {
      case BitsValue(int width, BigInteger number) ->
          new BitsValue(
              width, number.xor(BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE)));
      case IntegerValue(ScalarType type, long number) when type.kind() != ScalarType.Kind.BOOL ->
          new IntegerValue(type, Integers.wrap(~number, type));
      case Computed(ScalarType type, ClassicalExpression code)
          when type.kind() != ScalarType.Kind.BOOL ->
          new Computed(
              type,
              Integers.wrap(new ClassicalExpression.Unary(UnaryOperation.COMPLEMENT, code), type));
      default -> throw cannot(unary, value);
    };
  }

  private Diagnostics.Reported cannot(Expression.Unary unary, Value value) {
    return diagnostics.invalid(
        unary.offset(),
        "\"%s\" before %s".formatted(unary.sign().text(), value.type().shown()),
        "cast it first");
  }

  /// The symbol of a name, or the refusal that there is none.
  Symbol symbol(String name, int offset, Scope scope) {
    Symbol symbol = scope.find(name);
    if (symbol == null) {
      throw diagnostics.invalid(
          offset, "\"" + name + "\" is not declared", Names.hint(name, scope.names()));
    }
    return symbol;
  }

  /// A value that must be known now, as an integer.
  long constantInteger(Expression expression, Scope scope, String what) {
    Value value = evaluate(expression, scope);
    if (value.isDynamic()) {
      throw diagnostics.unsupported(
          expression.offset(),
          what + " depends on a measurement",
          "it must be known before the circuit runs");
    }
    Value integer = conversions.implicit(value, ScalarType.INT, expression.offset());
    return ((IntegerValue) integer).value();
  }

  /// A value that must be known now, as a number.
  double constantReal(Expression expression, Scope scope, Division division, String what) {
    Value value = evaluate(expression, scope, version == QasmVersion.V2 ? Division.REAL : division);
    if (value.isDynamic()) {
      throw diagnostics.unsupported(
          expression.offset(),
          what + " depends on a measurement",
          "branch with if, and apply gates with known angles");
    }
    Value number = conversions.implicit(value, ScalarType.FLOAT, expression.offset());
    return ((RealValue) number).value();
  }

  /// A type with its width worked out.
  ScalarType type(TypeSyntax syntax, Scope scope) {
    int width = width(syntax.width(), syntax, scope);
    return switch (syntax.kind()) {
      case BIT -> ScalarType.bits(Math.max(width, 1));
      case BOOL -> {
        if (syntax.width() != null) {
          throw diagnostics.invalid(syntax.offset(), "bool has no width");
        }
        yield ScalarType.BOOL;
      }
      case INT, UINT, ANGLE -> {
        requireWidth(width <= WIDTH_MAX, syntax, width, "1 to 64");
        yield new ScalarType(syntax.kind(), width);
      }
      case FLOAT -> {
        requireWidth(width == 0 || width == 32 || width == 64, syntax, width, "32 or 64");
        yield new ScalarType(syntax.kind(), width);
      }
    };
  }

  private int width(@Nullable Expression designator, TypeSyntax syntax, Scope scope) {
    if (designator == null) {
      return ScalarType.MACHINE;
    }
    long width = constantInteger(designator, scope, "the width of a type");
    requireWidth(width >= 1 && width <= Integer.MAX_VALUE, syntax, width, "1 or more");
    return (int) width;
  }

  private void requireWidth(boolean holds, TypeSyntax syntax, long width, String expected) {
    if (!holds) {
      int offset = syntax.width() == null ? syntax.offset() : syntax.width().offset();
      throw diagnostics.invalid(
          offset, "%s[%d] (expected: %s)".formatted(syntax.kind().text(), width, expected));
    }
  }
}

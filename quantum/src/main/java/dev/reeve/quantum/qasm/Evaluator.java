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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Works out expressions: to a known value when everything in them is known, else to code for the
/// run.
final class Evaluator {
  /// Widest integer a program may declare.
  private static final int WIDTH_MAX = 64;

  /// Most values for each of which a statement is lowered.
  private static final long CASES_MAX = 1 << 10;

  private final QasmVersion version;
  private final Diagnostics diagnostics;
  private final BitKnowledge bits;
  private final Conversions conversions;
  private final KnownArithmetic known;
  private final DynamicArithmetic dynamic;
  private final Builtins builtins;
  private final Selection selection;

  private final Budget budget;
  private final Arrays arrays;
  private final WordBits wordBits;
  private final Constness constness;
  private IdentityHashMap<Expression, Value> settled = new IdentityHashMap<>(0);
  private @Nullable Calls calls;
  private boolean splitting;

  Evaluator(QasmVersion version, Diagnostics diagnostics, BitKnowledge bits, Budget budget) {
    this.budget = budget;
    this.version = version;
    this.diagnostics = diagnostics;
    this.bits = bits;
    this.conversions = new Conversions(diagnostics);
    this.known = new KnownArithmetic(diagnostics);
    this.dynamic = new DynamicArithmetic(diagnostics, conversions);
    this.builtins = new Builtins(version, diagnostics, conversions, known);
    this.selection = new Selection(this, diagnostics);
    this.arrays = new Arrays(this, diagnostics);
    this.wordBits = new WordBits(diagnostics);
    this.constness = new Constness(diagnostics);
  }

  /// What runs a subroutine in the middle of an expression.
  @FunctionalInterface
  interface Calls {
    Value call(Expression.Call call, Symbol.Subroutine subroutine, Scope scope);
  }

  void onCall(Calls runner) {
    calls = runner;
  }

  /// Thrown where a value that only the run knows has to be known now, in a statement that can be
  /// lowered once for each value it may have.
  static final class NeedsKnown extends RuntimeException {
    final Expression expression;
    final Value.Computed value;
    final long first;
    final long last;

    /// Whether the value is all there is of the angle of a gate.
    final boolean wholeAngle;

    private NeedsKnown(
        Expression expression, Value.Computed value, long first, long last, boolean wholeAngle) {
      super("needs known", null, false, false);
      this.expression = expression;
      this.value = value;
      this.first = first;
      this.last = last;
      this.wholeAngle = wholeAngle;
    }
  }

  /// Whether the statement at hand may be lowered once for each value of what it depends on.
  boolean splitting(boolean may) {
    boolean before = splitting;
    splitting = may;
    return before;
  }

  /// In the body of a subroutine nothing is settled of the statement that calls it, though it may
  /// be the same one in a deeper call.
  IdentityHashMap<Expression, Value> settled(IdentityHashMap<Expression, Value> other) {
    IdentityHashMap<Expression, Value> before = settled;
    settled = other;
    return before;
  }

  /// Settles more, and returns what was settled before.
  IdentityHashMap<Expression, Value> settleToo(IdentityHashMap<Expression, Value> more) {
    IdentityHashMap<Expression, Value> all = new IdentityHashMap<>(settled);
    all.putAll(more);
    return settled(all);
  }

  /// While this holds, an expression has a value.
  void settle(Expression expression, Value value) {
    settled.put(expression, value);
  }

  void unsettle(Expression expression) {
    settled.remove(expression);
  }

  /// What to throw where a value must be known and is not.
  ///
  /// @param least values below it have no meaning here
  /// @param most values above it have no meaning here
  private RuntimeException unknown(
      Expression expression,
      Value value,
      long least,
      long most,
      Supplier<Diagnostics.Reported> refusal) {
    if (!splitting || !(value instanceof Computed computed)) {
      return refusal.get();
    }
    ScalarType type = computed.type();
    int width = type.kind() == ScalarType.Kind.INT ? 64 : type.effectiveWidth();
    int bits = Math.min(width, Ranges.bits(computed.code()));
    boolean narrow = type.isSigned() && bits == 64 && type.effectiveWidth() < 32;
    long half = narrow ? 1L << (type.effectiveWidth() - 1) : Long.MIN_VALUE;
    long first = Math.max(least, bits < 63 ? 0 : narrow ? -half : Long.MIN_VALUE);
    long last = Math.min(most, bits < 63 ? (1L << bits) - 1 : narrow ? half - 1 : Long.MAX_VALUE);
    boolean few = first > -CASES_MAX && last < CASES_MAX && last - first < CASES_MAX;
    return few ? new NeedsKnown(expression, computed, first, last, false) : refusal.get();
  }

  Arrays arrays() {
    return arrays;
  }

  Budget budget() {
    return budget;
  }

  WordBits wordBits() {
    return wordBits;
  }

  Constness constness() {
    return constness;
  }

  Conversions conversions() {
    return conversions;
  }

  DynamicArithmetic dynamic() {
    return dynamic;
  }

  /// Notes when nothing is called so, for a call that is not worked out.
  void requireFunction(String function, int offset) {
    builtins.requireKnown(function, offset);
  }

  Selection selection() {
    return selection;
  }

  Value evaluate(Expression expression, Scope scope) {
    return evaluate(expression, scope, Division.INTEGER);
  }

  Value evaluate(Expression expression, Scope scope, Division division) {
    Value value = settled.isEmpty() ? null : settled.get(expression);
    return value != null ? value : unsettled(expression, scope, division);
  }

  /// Calls a subroutine for what it does: it may return nothing.
  void run(Expression.Call call, Symbol.Subroutine subroutine, Scope scope) {
    if (!settled.containsKey(call)) {
      Value _ = Objects.requireNonNull(calls).call(call, subroutine, scope);
    }
  }

  private Value unsettled(Expression expression, Scope scope, Division division) {
    return switch (expression) {
      case Expression.IntegerLiteral literal ->
          version == QasmVersion.V2 && division == Division.REAL
              ? Value.real((double) literal.value())
              : new IntegerValue(ScalarType.INT, literal.value());
      case Expression.RealLiteral literal -> Value.real(literal.value());
      case Expression.ImaginaryLiteral literal -> new Value.ComplexValue(0, literal.value());
      case Expression.DurationLiteral literal -> Value.duration(literal.femtoseconds());
      case Expression.DurationOf _ -> Value.duration(Double.NaN);
      case Expression.BooleanLiteral literal -> Value.truth(literal.value());
      case Expression.BitsLiteral literal ->
          new BitsValue(literal.bits().length(), new BigInteger(literal.bits(), 2));
      case Expression.Name name -> read(name, scope);
      case Expression.Unary unary -> unary(unary, evaluate(unary.operand(), scope, division));
      case Expression.Binary binary -> binary(binary, scope, division);
      case Expression.Call call -> call(call, scope, division);
      case Expression.Cast cast -> cast(cast, scope);
      case Expression.Indexed indexed -> indexed(indexed, scope);
      case Expression.ArrayLiteral literal ->
          throw diagnostics.invalid(literal.offset(), "a list of elements is no single value");
      case Expression.Concatenation concatenation -> joined(concatenation, scope);
    };
  }

  private Value binary(Expression.Binary binary, Scope scope, Division division) {
    Value left = evaluate(binary.left(), scope, division);
    Value right = evaluate(binary.right(), scope, division);
    boolean real = left.type().isKnownOnly() || right.type().isKnownOnly();
    if (real && left.isDynamic()) {
      throw unknownReal(binary.left(), left, binary.offset());
    }
    if (real && right.isDynamic()) {
      throw unknownReal(binary.right(), right, binary.offset());
    }
    return binary(binary.sign(), left, right, binary.offset(), division);
  }

  /// Where a number meets a value that only the run knows.
  private RuntimeException unknownReal(Expression expression, Value value, int offset) {
    return unknown(
        expression, value, Long.MIN_VALUE, Long.MAX_VALUE, () -> conversions.dynamicReal(offset));
  }

  private Value cast(Expression.Cast cast, Scope scope) {
    ScalarType type = type(cast.type(), scope);
    Value operand = evaluate(cast.operand(), scope);
    if (operand.isDynamic() && type.isKnownOnly()) {
      throw unknownReal(cast.operand(), operand, cast.offset());
    }
    return conversions.cast(operand, type, cast.offset());
  }

  private Value call(Expression.Call call, Scope scope, Division division) {
    switch (scope.find(call.function())) {
      case Symbol.Subroutine subroutine -> {
        if (subroutine.definition().type() == null) {
          throw diagnostics.invalid(
              call.offset(),
              "subroutine \"" + call.function() + "\" returns nothing",
              "call it as a statement of its own");
        }
        return Objects.requireNonNull(calls).call(call, subroutine, scope);
      }
      case Symbol.External external ->
          throw diagnostics.unsupported(
              call.offset(),
              "extern function \"" + external.name() + "\" is offered by nobody",
              "write it as a subroutine (def)");
      case Symbol.Broken _ -> throw diagnostics.silently();
      case null -> {}
      case Symbol.Constant _,
          Symbol.Variable _,
          Symbol.Qubits _,
          Symbol.Bits _,
          Symbol.Array _,
          Symbol.Hidden _ ->
          throw diagnostics.invalid(call.offset(), "\"" + call.function() + "\" is not a function");
    }
    if (call.function().equals("sizeof") && version == QasmVersion.V3) {
      return arrays.size(call, scope);
    }
    List<Value> arguments = new ArrayList<>(call.arguments().size());
    for (Expression argument : call.arguments()) {
      Value value = evaluate(argument, scope, division);
      if (value.isDynamic() && builtins.needsKnown(call.function())) {
        throw unknownReal(argument, value, call.offset());
      }
      arguments.add(value);
    }
    return builtins.call(call, arguments);
  }

  /// Bits one behind the other, the first the least significant, as registers are joined.
  private Value joined(Expression.Concatenation concatenation, Scope scope) {
    Value all = null;
    for (Expression part : concatenation.parts()) {
      Value value = evaluate(part, scope);
      if (value.type().kind() != ScalarType.Kind.BIT) {
        throw diagnostics.invalid(
            part.offset(), "only bits and arrays can be joined, found " + value.type().shown());
      }
      all = all == null ? value : wordBits.joined(all, value, part.offset());
    }
    return Objects.requireNonNull(all);
  }

  Value binary(Expression.BinarySign sign, Value left, Value right, int offset, Division division) {
    return left.isDynamic() || right.isDynamic()
        ? dynamic.binary(sign, left, right, offset)
        : known.binary(sign, left, right, offset, division);
  }

  private Value read(Expression.Name name, Scope scope) {
    return switch (symbol(name.name(), name.offset(), scope)) {
      case Symbol.Constant constant -> constant.value();
      case Symbol.Variable variable -> read(variable);
      case Symbol.Bits register -> {
        budget.elements(register.addresses().size(), name.offset());
        yield readBits(register.addresses());
      }
      case Symbol.Qubits _ ->
          throw diagnostics.invalid(
              name.offset(),
              "qubits have no value: \"" + name.name() + "\"",
              "measure them into bits first");
      case Symbol.Array array ->
          throw diagnostics.invalid(
              name.offset(),
              "\"%s\" is %s and no single value".formatted(name.name(), array.view().shown()),
              "choose an element: " + name.name() + "[0]");
      case Symbol.Subroutine _, Symbol.External _ ->
          throw diagnostics.invalid(
              name.offset(), "\"" + name.name() + "\" is a function", "call it: name(...)");
      case Symbol.Broken _, Symbol.Hidden _ -> throw diagnostics.silently();
    };
  }

  Value read(Symbol.Variable variable) {
    Value value = variable.known();
    return value != null
        ? value
        : new Computed(variable.type(), new ClassicalExpression.Variable(variable.slot()));
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
    if (!(base instanceof Expression.Name name)) {
      return bits(evaluate(base, scope), "the value", selectors, scope, indexed.offset());
    }
    return switch (symbol(name.name(), name.offset(), scope)) {
      case Symbol.Bits register -> {
        Selection.Chosen chosen =
            selection.choose(
                name.name(), register.addresses(), register.single(), selectors, scope);
        yield readBits(chosen.indexes());
      }
      case Symbol.Array array -> element(name, array.view(), selectors, scope);
      case Symbol.Constant constant ->
          bits(constant.value(), name.name(), selectors, scope, indexed.offset());
      case Symbol.Variable variable ->
          bits(read(variable), name.name(), selectors, scope, indexed.offset());
      case Symbol.Qubits _,
          Symbol.Subroutine _,
          Symbol.External _,
          Symbol.Broken _,
          Symbol.Hidden _ ->
          read(name, scope);
    };
  }

  private Value element(
      Expression.Name name, ArrayView whole, List<Expression.Selector> selectors, Scope scope) {
    Arrays.Part part = arrays.select(name.name(), whole, selectors, scope);
    if (!part.view().shape().isEmpty()) {
      throw diagnostics.invalid(
          name.offset(), "expected one element, found " + part.view().shown());
    }
    Value value = read(part.view().elements().getFirst());
    return part.rest().isEmpty()
        ? value
        : bits(value, name.name(), part.rest(), scope, name.offset());
  }

  private Value bits(
      Value word, String name, List<Expression.Selector> selectors, Scope scope, int offset) {
    int width = wordBits.width(word.type(), name, offset);
    Selection.Chosen chosen =
        selection.choose(name, Indexes.range(0, width), false, selectors, scope);
    return wordBits.read(word, chosen.indexes(), offset);
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
          when type.kind() != ScalarType.Kind.BIT && type.kind() != ScalarType.Kind.BOOL ->
          new Computed(
              type,
              Integers.wrap(new ClassicalExpression.Unary(UnaryOperation.NEGATE, code), type));
      case Value.ComplexValue(double re, double im) -> new Value.ComplexValue(-re, -im);
      default -> throw cannot(unary, value);
    };
  }

  private Value complement(Expression.Unary unary, Value value) {
    return switch (value) {
      case BitsValue(int width, BigInteger number) ->
          new BitsValue(
              width, number.xor(BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE)));
      case IntegerValue(ScalarType type, long number) ->
          type.kind() == ScalarType.Kind.BOOL
              ? Value.truth(number == 0)
              : new IntegerValue(type, Integers.wrap(~number, type));
      case RealValue known when Angles.hasSteps(known.type()) ->
          Angles.ofSteps(~Conversions.steps(known), known.type());
      case Computed(ScalarType type, ClassicalExpression _)
          when type.kind() == ScalarType.Kind.BOOL ->
          not(value);
      case Computed(ScalarType type, ClassicalExpression code) ->
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
    if (symbol instanceof Symbol.Hidden) {
      throw diagnostics.invalid(
          offset,
          "a subroutine cannot use \"" + name + "\" from outside",
          "pass it as a parameter, or make it const");
    }
    if (symbol == null) {
      throw diagnostics.invalid(
          offset, "\"" + name + "\" is not declared", Names.hint(name, scope.names()));
    }
    return symbol;
  }

  /// A value that must be known now, as an integer.
  long constantInteger(Expression expression, Scope scope, String what) {
    return integer(expression, scope, Long.MIN_VALUE, Long.MAX_VALUE, what);
  }

  /// Whether every literal is worth what it says: none is settled to be something else.
  boolean isPlain() {
    return settled.isEmpty();
  }

  /// A place among `size` elements, from the end when it is negative.
  long index(Expression expression, Scope scope, int size) {
    return integer(expression, scope, -size, size - 1L, "the index");
  }

  private long integer(Expression expression, Scope scope, long least, long most, String what) {
    Value value = evaluate(expression, scope);
    if (value.isDynamic()) {
      throw unknown(expression, value, least, most, () -> dependent(expression, what));
    }
    if (value.type().kind() == ScalarType.Kind.BOOL
        || value.type().kind() == ScalarType.Kind.FLOAT) {
      throw diagnostics.invalid(
          expression.offset(),
          what + " is " + value.type().shown() + " (expected: an integer)",
          "cast it: int(...)");
    }
    Value integer = conversions.implicit(value, ScalarType.INT, expression.offset());
    return ((IntegerValue) integer).value();
  }

  private Diagnostics.Reported dependent(Expression expression, String what) {
    return diagnostics.unsupported(
        expression.offset(),
        what + " depends on a measurement",
        "it must be known before the circuit runs, or have few values: uint[4](...)");
  }

  /// A value that must be known now, as a number.
  double constantReal(Expression expression, Scope scope, Division division, String what) {
    Value value = evaluate(expression, scope, version == QasmVersion.V2 ? Division.REAL : division);
    if (value instanceof Computed angle
        && splitting
        && angle.type().kind() == ScalarType.Kind.ANGLE) {
      long last = Math.min(CASES_MAX, 1L << angle.type().width()) - 1;
      throw new NeedsKnown(expression, angle, 0, last, true);
    }
    if (value.isDynamic()) {
      throw unknown(
          expression, value, Long.MIN_VALUE, Long.MAX_VALUE, () -> dependent(expression, what));
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
      case DURATION -> ScalarType.DURATION;
      case COMPLEX -> {
        if (syntax.part() != null) {
          requireFloat(syntax.part(), scope);
        }
        yield ScalarType.COMPLEX;
      }
    };
  }

  private void requireFloat(TypeSyntax part, Scope scope) {
    if (part.kind() != ScalarType.Kind.FLOAT) {
      throw diagnostics.invalid(
          part.offset(),
          "the parts of a complex number are %s (expected: float)".formatted(part.kind().text()));
    }
    ScalarType _ = type(part, scope);
  }

  private int width(@Nullable Expression designator, TypeSyntax syntax, Scope scope) {
    if (designator == null) {
      return ScalarType.MACHINE;
    }
    constness.require(designator, scope);
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

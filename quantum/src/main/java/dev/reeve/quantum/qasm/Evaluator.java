package dev.reeve.quantum.qasm;

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
  /// Most values for each of which a statement is lowered.
  private static final long CASES_MAX = 1 << 10;

  private final QasmVersion version;
  private final Diagnostics diagnostics;
  private final Conversions conversions;
  private final KnownArithmetic known;
  private final DynamicArithmetic dynamic;
  private final Builtins builtins;
  private final Selection selection;

  private final Budget budget;
  private final Arrays arrays;
  private final WordBits wordBits;
  private final Constness constness;
  private final TypeWidths types;
  private final UnarySigns signs;
  private final NameReading names;
  private IdentityHashMap<Expression, Value> settled = new IdentityHashMap<>(0);
  private @Nullable Calls calls;
  private boolean splitting;

  Evaluator(QasmVersion version, Diagnostics diagnostics, BitKnowledge bits, Budget budget) {
    this.budget = budget;
    this.version = version;
    this.diagnostics = diagnostics;
    this.conversions = new Conversions(diagnostics);
    this.known = new KnownArithmetic(diagnostics);
    this.dynamic = new DynamicArithmetic(diagnostics, conversions);
    this.builtins = new Builtins(version, diagnostics, conversions, known);
    this.selection = new Selection(this, diagnostics);
    this.arrays = new Arrays(this, diagnostics);
    this.wordBits = new WordBits(diagnostics);
    this.constness = new Constness(diagnostics);
    this.types = new TypeWidths(this, diagnostics, constness);
    this.signs = new UnarySigns(diagnostics, conversions);
    this.names = new NameReading(this, diagnostics, bits);
  }

  /// What runs a subroutine in the middle of an expression.
  @FunctionalInterface
  interface Calls {
    Value call(Expression.Call call, Symbol.Subroutine subroutine, Scope scope);
  }

  void onCall(Calls runner) {
    calls = runner;
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

  /// Reads what names stand for.
  NameReading names() {
    return names;
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
      case Expression.Name name -> names.read(name, scope);
      case Expression.Unary unary -> signs.of(unary, evaluate(unary.operand(), scope, division));
      case Expression.Binary binary -> binary(binary, scope, division);
      case Expression.Call call -> call(call, scope, division);
      case Expression.Cast cast -> cast(cast, scope);
      case Expression.Indexed indexed -> names.indexed(indexed, scope);
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
    return types.type(syntax, scope);
  }
}

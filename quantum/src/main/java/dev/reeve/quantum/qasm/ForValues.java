package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Indexes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The values a `for` loop goes through. How many there are is always known before the run.
final class ForValues {
  private final Evaluator evaluator;
  private final References references;
  private final Diagnostics diagnostics;
  private final QasmLimits limits;

  ForValues(
      Evaluator evaluator, References references, Diagnostics diagnostics, QasmLimits limits) {
    this.evaluator = evaluator;
    this.references = references;
    this.diagnostics = diagnostics;
    this.limits = limits;
  }

  /// The rounds of a loop.
  ///
  /// @param value the loop variable's value in a round
  record Rounds(int count, IntFunction<Value> value) {}

  Rounds of(Statement.For loop, Scope scope) {
    ScalarType type = evaluator.type(loop.type(), scope);
    return switch (loop.values()) {
      case Expression.Selector.Range range -> range(loop, range, type, scope);
      case Expression.Selector.Of of -> {
        requireRounds(of.indexes().size(), of.offset());
        yield new Rounds(
            of.indexes().size(),
            i -> {
              Expression element = of.indexes().get(i);
              Value value = evaluator.evaluate(element, scope);
              return evaluator.conversions().implicit(value, type, element.offset());
            });
      }
      case Expression.Selector.At at -> elements(at, type, scope);
      case Expression.Selector.Each each ->
          throw diagnostics.invalid(each.offset(), "a loop over several ranges");
    };
  }

  private Rounds range(
      Statement.For loop, Expression.Selector.Range range, ScalarType type, Scope scope) {
    if (type.kind() != ScalarType.Kind.INT && type.kind() != ScalarType.Kind.UINT) {
      throw diagnostics.invalid(
          loop.type().offset(), "a range holds integers, not " + type.shown(), "use int");
    }
    long start = end(range.start(), range, scope);
    long stop = end(range.stop(), range, scope);
    long step =
        range.step() == null
            ? 1
            : evaluator.constantInteger(range.step(), scope, "the step of a range");
    if (step == 0) {
      throw diagnostics.invalid(range.offset(), "the step of a range is 0");
    }
    long rounds = rounds(start, stop, step);
    requireRounds(rounds, range.offset());
    int offset = loop.nameOffset();
    return new Rounds(
        (int) rounds,
        i ->
            evaluator
                .conversions()
                .implicit(new Value.IntegerValue(ScalarType.INT, start + i * step), type, offset));
  }

  /// As many as there are, or the most that 64 bits can say.
  private static long rounds(long start, long stop, long step) {
    if (step > 0 ? start > stop : start < stop) {
      return 0;
    }
    // What lies between two numbers of 64 bits fits into 64 bits without a sign.
    long between = step > 0 ? stop - start : start - stop;
    long steps = Long.divideUnsigned(between, Math.abs(step));
    return steps < 0 || steps == Long.MAX_VALUE ? Long.MAX_VALUE : steps + 1;
  }

  private long end(@Nullable Expression end, Expression.Selector.Range range, Scope scope) {
    if (end == null) {
      throw diagnostics.invalid(range.offset(), "a loop needs both ends of its range");
    }
    return evaluator.constantInteger(end, scope, "the range of a loop");
  }

  /// A loop over an array or over bits sees each in turn, even if only the run will know it.
  private Rounds elements(Expression.Selector.At at, ScalarType type, Scope scope) {
    ArrayView view = evaluator.arrays().find(at.index(), scope);
    if (view != null) {
      if (view.shape().size() != 1) {
        throw diagnostics.invalid(at.offset(), "a loop over " + view.shown(), "take a row of it");
      }
      return new Rounds(
          view.elements().size(),
          i ->
              evaluator
                  .conversions()
                  .implicit(evaluator.names().read(view.elements().get(i)), type, at.offset()));
    }
    Statement.Reference register = reference(at.index());
    if (register != null && scope.find(register.name()) instanceof Symbol.Bits) {
      Indexes addresses = references.bits(register, scope).indexes();
      return new Rounds(
          addresses.size(),
          i ->
              evaluator
                  .conversions()
                  .implicit(
                      evaluator.names().readBits(Indexes.of(addresses.get(i))), type, at.offset()));
    }
    Value value = evaluator.evaluate(at.index(), scope);
    if (value.type().kind() != ScalarType.Kind.BIT) {
      throw diagnostics.invalid(
          at.offset(),
          "a loop over " + value.type().shown(),
          "loop over a range [0:3], a set {0, 2}, an array or bits");
    }
    int width = value.type().width();
    return new Rounds(
        width,
        i ->
            evaluator
                .conversions()
                .implicit(
                    evaluator.wordBits().read(value, Indexes.of(i), at.offset()),
                    type,
                    at.offset()));
  }

  /// The register or array that an expression names, if it does.
  static Statement.@Nullable Reference reference(Expression expression) {
    List<Expression.Selector> selectors = new ArrayList<>();
    Expression base = expression;
    while (base instanceof Expression.Indexed each) {
      selectors.addFirst(each.selector());
      base = each.base();
    }
    return base instanceof Expression.Name name
        ? new Statement.Reference(name.offset(), name.name(), selectors)
        : null;
  }

  private void requireRounds(long rounds, int offset) {
    if (rounds > limits.loopRoundsMax()) {
      throw diagnostics.limit(
          offset, "a loop of more than %d rounds".formatted(limits.loopRoundsMax()));
    }
  }
}

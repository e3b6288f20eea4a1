package dev.reeve.quantum.qasm;

import dev.reeve.quantum.Indexes;
import java.util.Arrays;
import java.util.List;

/// Resolves what stands in brackets behind the name of a register. Indexes may be negative, counted
/// from the end; ranges hold both ends.
final class Selection {
  private final Evaluator evaluator;
  private final Diagnostics diagnostics;

  Selection(Evaluator evaluator, Diagnostics diagnostics) {
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
  }

  /// What was chosen.
  ///
  /// @param single one element, chosen as such: it stands for itself and not for a register of one
  record Chosen(Indexes indexes, boolean single) {}

  Chosen choose(
      String name,
      Indexes indexes,
      boolean single,
      List<Expression.Selector> selectors,
      Scope scope) {
    Chosen chosen = new Chosen(indexes, single);
    for (Expression.Selector selector : selectors) {
      if (chosen.single()) {
        throw diagnostics.invalid(
            selector.offset(), "\"" + name + "\" is one element and cannot be indexed");
      }
      chosen = choose(name, chosen.indexes(), selector, scope);
    }
    return chosen;
  }

  Chosen choose(String name, Indexes indexes, Expression.Selector selector, Scope scope) {
    return switch (selector) {
      case Expression.Selector.At at -> {
        int position = position(name, at.index(), indexes.size(), scope);
        yield new Chosen(Indexes.of(indexes.get(position)), true);
      }
      case Expression.Selector.Of of -> {
        int[] chosen = new int[of.indexes().size()];
        for (int i = 0; i < chosen.length; i++) {
          chosen[i] = indexes.get(position(name, of.indexes().get(i), indexes.size(), scope));
        }
        requireSome(chosen.length, of.offset());
        if (Arrays.stream(chosen).distinct().count() < chosen.length) {
          throw diagnostics.invalid(of.offset(), "an element of \"" + name + "\" chosen twice");
        }
        yield new Chosen(Indexes.of(chosen), false);
      }
      case Expression.Selector.Range range -> new Chosen(range(name, indexes, range, scope), false);
      case Expression.Selector.Each each ->
          throw diagnostics.invalid(
              each.offset(),
              "\"" + name + "\" has one dimension",
              "choose several elements with {0, 1}");
    };
  }

  private Indexes range(
      String name, Indexes indexes, Expression.Selector.Range range, Scope scope) {
    int size = indexes.size();
    long step =
        range.step() == null
            ? 1
            : evaluator.constantInteger(range.step(), scope, "the step of a range");
    if (step == 0) {
      throw diagnostics.invalid(range.offset(), "the step of a range is 0");
    }
    int start =
        range.start() == null
            ? step > 0 ? 0 : size - 1
            : position(name, range.start(), size, scope);
    int stop =
        range.stop() == null ? step > 0 ? size - 1 : 0 : position(name, range.stop(), size, scope);
    long count = Math.max(0, (stop - start) / step + 1);
    if ((stop - start) * Long.signum(step) < 0) {
      count = 0;
    }
    requireSome(count, range.offset());
    evaluator.budget().elements((int) count, range.offset());
    int[] chosen = new int[(int) count];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = indexes.get((int) (start + i * step));
    }
    return Indexes.of(chosen);
  }

  private int position(String name, Expression index, int size, Scope scope) {
    long position = evaluator.index(index, scope, size);
    long counted = position < 0 ? position + size : position;
    if (counted < 0 || counted >= size) {
      throw diagnostics.invalid(
          index.offset(),
          "index %d is outside of \"%s\", which has %d".formatted(position, name, size),
          size == 1 ? "only 0 is inside" : "0 to " + (size - 1) + " are inside");
    }
    return (int) counted;
  }

  private void requireSome(long count, int offset) {
    if (count == 0) {
      throw diagnostics.invalid(offset, "nothing is chosen");
    }
  }
}

package dev.reeve.quantum.compiler;

import dev.reeve.quantum.OpenCircuits;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.SplitMix;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/// Compares operations whose angles inputs decide: for some random values of these. A difference is
/// certain then, the same is all but certain, since angles are sums of multiples of inputs. What is
/// too wide for that is compared for multiples of half a turn, which show less.
final class OpenCheck {
  /// How many values of all inputs are tried.
  static final int BINDINGS = 4;

  private OpenCheck() {}

  /// @param seed of the values
  /// @param comparison of operations whose angles are known
  static Certificate compare(
      List<Operation> first,
      List<Operation> second,
      long seed,
      BiFunction<List<Operation>, List<Operation>, Certificate> comparison) {
    SortedSet<String> inputs = OpenCircuits.inputs(first);
    inputs.addAll(OpenCircuits.inputs(second));
    if (inputs.isEmpty()) {
      return comparison.apply(first, second);
    }
    Certificate any =
        compare(first, second, inputs, new SplitMix(seed), OpenCheck::angle, comparison);
    return any.equivalent().isPresent()
        ? any
        : compare(first, second, inputs, new SplitMix(seed), OpenCheck::halfTurns, comparison);
  }

  private static double angle(SplitMix random) {
    return Math.PI * (2 * random.nextDouble() - 1);
  }

  /// Circuits that are too wide for states may be Clifford circuits for these.
  private static double halfTurns(SplitMix random) {
    return Math.PI * Math.floor(4 * random.nextDouble());
  }

  private static Certificate compare(
      List<Operation> first,
      List<Operation> second,
      SortedSet<String> inputs,
      SplitMix random,
      ToDoubleFunction<SplitMix> draw,
      BiFunction<List<Operation>, List<Operation>, Certificate> comparison) {
    Certificate found = Certificate.unknown();
    for (int tried = 0; tried < BINDINGS; tried++) {
      SortedMap<String, Double> values = new TreeMap<>();
      inputs.forEach(name -> values.put(name, draw.applyAsDouble(random)));
      Certificate one =
          comparison.apply(OpenCircuits.bind(first, values), OpenCircuits.bind(second, values));
      if (one.equivalent().isEmpty()) {
        return found;
      }
      found = new Certificate(one.equivalent(), one.method(), tried + 1);
      if (!one.equivalent().get()) {
        return found;
      }
    }
    return found;
  }
}

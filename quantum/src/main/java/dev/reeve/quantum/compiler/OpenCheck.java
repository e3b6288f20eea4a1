package dev.reeve.quantum.compiler;

import dev.reeve.quantum.OpenCircuits;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.SplitMix;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// Compares operations whose angles inputs decide: for some random values of these. A difference is
/// certain then, the same is all but certain, since angles are sums of multiples of inputs.
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
    SplitMix random = new SplitMix(seed);
    Certificate found = Certificate.unknown();
    for (int tried = 0; tried < BINDINGS; tried++) {
      SortedMap<String, Double> values = new TreeMap<>();
      inputs.forEach(name -> values.put(name, Math.PI * (2 * random.nextDouble() - 1)));
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

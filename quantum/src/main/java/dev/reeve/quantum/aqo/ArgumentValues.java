package dev.reeve.quantum.aqo;

import dev.reeve.base.Problem;
import dev.reeve.base.Text;
import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The values of a document's parameters.
final class ArgumentValues {
  private static final int NAMED_MAX = 20;

  private final Map<String, Double> values;

  private ArgumentValues(Map<String, Double> values) {
    this.values = values;
  }

  /// @throws dev.reeve.base.ProblemException `AQO_PARAMETER_UNBOUND` naming every parameter that is
  ///   used and has no value
  static ArgumentValues of(AqoDocument document, Map<String, Double> bindings) {
    Map<String, Double> values = new HashMap<>();
    document
        .parameters()
        .ifPresent(parameters ->
            parameters.forEach((name, value) -> {
              switch (value) {
                case AqoValue.Whole whole -> values.put(name, (double) whole.value());
                case AqoValue.Decimal decimal -> values.put(name, decimal.value());
                case AqoValue.Words _ -> {}
              }
            }));
    values.putAll(bindings);
    List<String> unbound = new ArrayList<>(names(document.operations()));
    unbound.removeIf(values::containsKey);
    if (!unbound.isEmpty()) {
      Problem problem =
          QuantumProblems.AQO_PARAMETER_UNBOUND.because(
              "parameters."
                  + Text.quoteForMessage(unbound.getFirst())
                  + ": no value (expected: a number for each of "
                  + unbound.size()
                  + ")");
      for (String name : unbound.subList(0, Math.min(NAMED_MAX, unbound.size()))) {
        problem = problem.withField("parameters." + name, "expected: a number");
      }
      throw problem.toException();
    }
    return new ArgumentValues(values);
  }

  /// The parameters that operations use, in order of use.
  static List<String> names(List<AqoOperation> operations) {
    Set<String> names = new LinkedHashSet<>();
    collect(operations, names);
    return List.copyOf(names);
  }

  private static void collect(List<AqoOperation> operations, Set<String> names) {
    for (AqoOperation operation : operations) {
      switch (operation) {
        case AqoOperation.Gate gate -> gate.arguments().forEach(value -> collect(value, names));
        case AqoOperation.Delay delay -> collect(delay.nanoseconds(), names);
        case AqoOperation.If branch -> {
          collect(branch.then(), names);
          collect(branch.otherwise(), names);
        }
        case AqoOperation.For loop -> collect(loop.body(), names);
        case AqoOperation.While loop -> collect(loop.body(), names);
        case AqoOperation.Measure _, AqoOperation.Reset _, AqoOperation.Barrier _ -> {}
      }
    }
  }

  private static void collect(AqoValue.Argument argument, Set<String> names) {
    if (argument instanceof AqoValue.Words(String name)) {
      names.add(name);
    }
  }

  /// The arguments as numbers.
  double[] of(List<AqoValue.Argument> arguments) {
    double[] numbers = new double[arguments.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (arguments.get(i)) {
            case AqoValue.Whole whole -> whole.value();
            case AqoValue.Decimal decimal -> decimal.value();
            case AqoValue.Words name -> values.getOrDefault(name.text(), Double.NaN);
          };
    }
    return numbers;
  }
}

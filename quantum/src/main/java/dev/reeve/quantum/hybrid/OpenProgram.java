package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.qasm.QasmProgram;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A program that was read once and gets its values as text, as often as it takes. Immutable.
public interface OpenProgram {
  /// The names that values may be given for.
  List<String> parameters();

  /// What the program itself says about its run, see [HybridProgram#settings].
  SortedMap<String, String> settings();

  /// The program with some values.
  ///
  /// @param values by name; those that the program has itself may be missing
  /// @throws dev.reeve.base.ProblemException `PARAMETER_INVALID`, `QASM_...`, `QUANTUM_CANCELLED`
  Bound bind(Map<String, String> values, CancelSignal cancel);

  /// A program with values for some of its parameters.
  record Bound(HybridProgram program, Map<String, Double> values) {
    public Bound {
      values = Map.copyOf(values);
    }
  }

  /// An OpenQASM program; its parameters are its inputs, of any type.
  static OpenProgram of(QasmProgram program) {
    return new OpenProgram() {
      @Override
      public List<String> parameters() {
        return program.inputs();
      }

      @Override
      public SortedMap<String, String> settings() {
        return new TreeMap<>();
      }

      @Override
      public Bound bind(Map<String, String> values, CancelSignal cancel) {
        requireKnown(values, parameters());
        return new Bound(
            HybridProgram.of(CircuitTemplate.of(program.bind(values, cancel))), Map.of());
      }
    };
  }

  /// A program of another language; its parameters are angles.
  static OpenProgram of(HybridProgram program) {
    return new OpenProgram() {
      @Override
      public List<String> parameters() {
        return program.template().parameters();
      }

      @Override
      public SortedMap<String, String> settings() {
        return program.settings();
      }

      @Override
      public Bound bind(Map<String, String> values, CancelSignal cancel) {
        return new Bound(program, numbers(values, parameters()));
      }
    };
  }

  /// An AQO document; its annotations say what is minimized.
  static OpenProgram of(AqoDocument document, AqoLimits limits) {
    return new AqoProgram(document, limits);
  }

  /// Values for these names as numbers.
  ///
  /// @throws dev.reeve.base.ProblemException `PARAMETER_INVALID`
  static Map<String, Double> numbers(Map<String, String> values, List<String> names) {
    requireKnown(values, names);
    Map<String, Double> numbers = new TreeMap<>();
    values.forEach((name, text) -> numbers.put(name, number(name, text)));
    return numbers;
  }

  private static void requireKnown(Map<String, String> values, List<String> names) {
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (!names.contains(value.getKey())) {
        throw QuantumProblems.PARAMETER_INVALID
            .field(
                "param." + value.getKey(),
                value.getValue(),
                names.isEmpty()
                    ? "no value: the program has no parameters"
                    : "one of " + String.join(", ", names))
            .toException();
      }
    }
  }

  private static double number(String name, String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Reported like a number that is not finite.
    }
    throw QuantumProblems.PARAMETER_INVALID
        .field("param." + name, text, "a finite number")
        .toException();
  }
}

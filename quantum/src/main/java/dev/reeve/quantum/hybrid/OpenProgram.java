package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.qasm.OpenInput;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.OpenReading;
import dev.reeve.quantum.qasm.QasmProgram;
import dev.reeve.quantum.simulator.PauliSum;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

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

  /// The program with the parameters open that a search may vary, and values to begin with.
  ///
  /// @throws dev.reeve.base.ProblemException as [#bind], `MINIMIZE_INVALID`
  default Bound open(Map<String, String> values, CancelSignal cancel) {
    return bind(values, cancel);
  }

  /// The circuit for some values; real parameters that have none, not from the program either, stay
  /// open.
  ///
  /// @param values by name
  /// @throws dev.reeve.base.ProblemException as [#bind]; `PARAMETER_INVALID` for one that may not
  ///   stay open
  QasmProgram.Open opened(Map<String, String> values, CancelSignal cancel);

  /// The same for a program whose circuit is had for any numbers.
  ///
  /// @param names of all parameters
  /// @param values of some of them
  /// @param program its circuit for values of all, by name
  static QasmProgram.Open opened(
      List<String> names,
      Map<String, Double> values,
      Function<Map<String, Double>, Circuit> program) {
    List<OpenInput> inputs =
        OpenInput.of(names.stream().filter(name -> !values.containsKey(name)).toList());
    if (inputs.isEmpty()) {
      return new QasmProgram.Open(program.apply(values), inputs);
    }
    Circuit circuit =
        OpenReading.read(
            point -> {
              Map<String, Double> all = new TreeMap<>(values);
              for (int i = 0; i < point.length; i++) {
                all.put(inputs.get(i).name(), point[i]);
              }
              return program.apply(all);
            },
            inputs);
    return new QasmProgram.Open(circuit, inputs);
  }

  /// A search that the caller asks for, before what the program says.
  ///
  /// @param method how
  /// @param options of the search, see [MinimizeSettings#of]
  /// @param observable whose mean is made small; that of the program when absent
  record Search(
      MinimizeMethod method, SortedMap<String, Double> options, Optional<PauliSum> observable) {}

  /// The program with a search for the values that make a mean smallest.
  ///
  /// @throws dev.reeve.base.ProblemException as [#open]
  default Bound bind(Map<String, String> values, Search search, CancelSignal cancel) {
    return Searches.of(open(values, cancel), search);
  }

  /// An OpenQASM program; its parameters are its inputs, of any type. A search varies those that
  /// are real.
  static OpenProgram of(QasmProgram program) {
    return new QasmOpenProgram(program);
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

      @Override
      public QasmProgram.Open opened(Map<String, String> values, CancelSignal cancel) {
        List<String> names = parameters();
        Map<String, Double> known = new TreeMap<>();
        program
            .minimization()
            .ifPresent(search -> {
              for (int i = 0; i < names.size(); i++) {
                known.put(names.get(i), search.initial().get(i));
              }
            });
        known.putAll(program.defaults());
        known.putAll(numbers(values, names));
        return OpenProgram.opened(
            names,
            known,
            all ->
                program
                    .template()
                    .bind(
                        names.stream().mapToDouble(name -> all.getOrDefault(name, 0.0)).toArray()));
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

  /// @throws dev.reeve.base.ProblemException `PARAMETER_INVALID` for a value without parameter
  static void requireKnown(Map<String, String> values, List<String> names) {
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
      OptionalDouble written = OpenQasm.number(text);
      if (written.isPresent() && Double.isFinite(written.getAsDouble())) {
        return written.getAsDouble();
      }
    }
    throw QuantumProblems.PARAMETER_INVALID
        .field("param." + name, text, "a finite number")
        .toException();
  }
}

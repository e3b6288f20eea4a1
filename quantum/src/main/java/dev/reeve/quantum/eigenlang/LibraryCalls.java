package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.quantum.hybrid.Minimization;
import dev.reeve.quantum.hybrid.MinimizeMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the names of the library do. Calls that act on qubits are those of [GateCalls].
final class LibraryCalls {
  /// The names besides gates.
  private static final Set<String> NAMES =
      Set.of(
          "ClassicalRegister",
          "DatasetRef",
          "ExpectationValue",
          "Observable",
          "Operation",
          "OptimizationResult",
          "Param",
          "ProgramMetadata",
          "QubitRegister",
          "ansatz",
          "barrier",
          "benchmark",
          "cost_function",
          "hybrid_program",
          "load_dataset",
          "measure",
          "measure_all",
          "minimize",
          "quantum_circuit",
          "reset");

  /// What Python itself offers and a program may use.
  private static final Set<String> PYTHON = Set.of("abs", "len", "max", "min", "range");

  private static final String METHODS =
      Arrays.stream(MinimizeMethod.values())
          .map(MinimizeMethod::word)
          .collect(Collectors.joining(", "));

  private final CircuitDraft draft;
  private final Annotations annotations;
  private final GateCalls gates;
  private final ObservableCalls observables;

  LibraryCalls(
      CircuitDraft draft, Annotations annotations, GateCalls gates, ObservableCalls observables) {
    this.draft = draft;
    this.annotations = annotations;
    this.gates = gates;
    this.observables = observables;
  }

  /// Whether the library has the name.
  static boolean has(String name) {
    return NAMES.contains(name) || GateCalls.gate(name).isPresent();
  }

  /// Whether Python has it.
  static boolean isPython(String name) {
    return PYTHON.contains(name);
  }

  Value call(String name, Arguments arguments) {
    return switch (name) {
      case "Param" -> parameter(arguments);
      case "QubitRegister", "ClassicalRegister" -> register(name, arguments);
      case "Observable" -> observables.observable(arguments);
      case "ExpectationValue" -> expectation(arguments);
      case "minimize" -> minimize(arguments);
      case "measure" -> gates.measure(arguments);
      case "measure_all" -> gates.measureAll(arguments);
      case "reset" -> {
        gates.reset(arguments);
        yield new Value.Nothing();
      }
      case "barrier" -> {
        gates.barrier(arguments);
        yield new Value.Nothing();
      }
      case "load_dataset", "DatasetRef" -> {
        arguments.takeRest();
        arguments.takeNamedRest();
        yield new Value.Opaque("a dataset");
      }
      default -> {
        gates.apply(
            GateCalls.gate(name)
                .orElseThrow(
                    () -> arguments.invalid(arguments.offset(), name + " cannot be called here")),
            arguments);
        yield new Value.Nothing();
      }
    };
  }

  private Value parameter(Arguments arguments) {
    Arguments.Given given = arguments.require("name");
    Optional<Arguments.Given> preset = arguments.take("default");
    arguments.finish();
    if (!(given.value() instanceof Value.Text name) || name.text().isEmpty()) {
      throw arguments.wrong(given, "Param", "its name, a text");
    }
    Optional<AqoValue.Argument> value =
        preset.map(one ->
            switch (one.value()) {
              case Value.Whole whole -> new AqoValue.Whole(whole.value());
              case Value.Real real -> new AqoValue.Decimal(real.value());
              case Value.Text text -> new AqoValue.Words(text.text());
              default -> throw arguments.wrong(one, "default", "a number");
            });
    draft.parameter(given.offset(), name.text(), value);
    return new Value.Parameter(name.text());
  }

  private Value register(String name, Arguments arguments) {
    Arguments.Given given = arguments.require("size");
    arguments.finish();
    if (!(given.value() instanceof Value.Whole size) || size.value() < 1) {
      throw arguments.wrong(given, name, "its size, 1 or more");
    }
    return draft.declare(given.offset(), name.equals("QubitRegister"), size.value());
  }

  private Value expectation(Arguments arguments) {
    Optional<Arguments.Given> named = arguments.takeNamed("observable");
    Optional<Arguments.Given> found = named;
    for (Arguments.Given given : arguments.takeRest()) {
      if (given.value() instanceof Value.Observable && found.isEmpty()) {
        found = Optional.of(given);
      } else if (!(given.value() instanceof Value.Text)) {
        throw arguments.wrong(given, "ExpectationValue", "an Observable");
      }
    }
    arguments.takeNamedRest();
    Optional<Value.Observable> observable = Optional.empty();
    SortedMap<String, AqoValue> annotation = new TreeMap<>();
    annotation.put("kind", new AqoValue.Words("ExpectationValue"));
    if (found.isPresent()) {
      Arguments.Given given = found.get();
      if (!(given.value() instanceof Value.Observable one)) {
        throw arguments.wrong(given, "observable", "an Observable");
      }
      observable = Optional.of(one);
      if (named.isPresent()) {
        if (given.source() instanceof Expression.Name name) {
          annotation.put("observable_name", new AqoValue.Words(name.name()));
        } else {
          annotation.put("observable_terms", one.terms());
        }
      }
    }
    annotations.expect(observable, annotation);
    return new Value.Expectation(observable);
  }

  private Value minimize(Arguments arguments) {
    Arguments.Given objective = arguments.require("objective");
    Arguments.Given initial = arguments.require("initial_params");
    Optional<Arguments.Given> method = arguments.takeNamed("method");
    if (!(objective.value() instanceof Value.Expectation sought)) {
      throw arguments.wrong(objective, "objective", "an ExpectationValue");
    }
    if (annotations.isMinimized()) {
      throw arguments.invalid(arguments.offset(), "a second minimize (expected: one)");
    }
    MinimizeMethod how =
        method.map(given -> method(arguments, given)).orElse(MinimizeMethod.COBYLA);
    List<Double> start = initial(arguments, initial);
    SortedMap<String, Double> options = options(arguments.takeNamedRest());
    annotations.iterationsMax().ifPresent(most -> options.putIfAbsent("max_iters", most));
    arguments.finish();
    annotations.minimize(
        Optional.of(
            new Annotations.Search(new Minimization(how, start, options), sought.observable())));
    return new Value.Opaque("the result of minimize");
  }

  private static MinimizeMethod method(Arguments arguments, Arguments.Given given) {
    if (given.value() instanceof Value.Text text) {
      return MinimizeMethod.of(text.text())
          .orElseThrow(() ->
              arguments.invalid(
                  given.offset(),
                  "method: " + text.text() + " (expected: one of " + METHODS + ")"));
    }
    throw arguments.wrong(given, "method", "its name, for example \"COBYLA\"");
  }

  /// Values for the parameters in the order in which they are declared.
  private List<Double> initial(Arguments arguments, Arguments.Given given) {
    List<String> names = new ArrayList<>(draft.parameters().keySet());
    if (!(given.value() instanceof Value.Items items)) {
      throw arguments.wrong(given, "initial_params", "a list of numbers");
    }
    if (items.values().size() != names.size()) {
      throw arguments.invalid(
          given.offset(),
          "initial_params: %d values (expected: %d, one for each Param: %s)"
              .formatted(items.values().size(), names.size(), String.join(", ", names)));
    }
    return items.values().stream().map(value -> number(arguments, given, value)).toList();
  }

  private double number(Arguments arguments, Arguments.Given given, Value value) {
    Optional<AqoValue.Argument> preset =
        value instanceof Value.Parameter parameter
            ? draft.parameters().getOrDefault(parameter.name(), Optional.empty())
            : Optional.empty();
    if (preset.isPresent() && preset.get() instanceof AqoValue.Whole whole) {
      return whole.value();
    }
    if (preset.isPresent() && preset.get() instanceof AqoValue.Decimal decimal) {
      return decimal.value();
    }
    if (!Arithmetic.isNumber(value)) {
      throw arguments.invalid(
          given.offset(), "initial_params: " + value.kind() + " (expected: numbers)");
    }
    return Arithmetic.real(value);
  }

  /// The numbers among what is said about the search.
  private static SortedMap<String, Double> options(Map<String, Arguments.Given> given) {
    SortedMap<String, Double> options = new TreeMap<>();
    given.forEach((name, one) -> {
      if (Arithmetic.isNumber(one.value())) {
        options.put(option(name), Arithmetic.real(one.value()));
      }
    });
    return options;
  }

  private static String option(String name) {
    return switch (name) {
      case "maxiter", "max_iter", "max_iterations", "iterations" -> "max_iters";
      case "tolerance" -> "tol";
      default -> name;
    };
  }

  /// What Python's own functions give.
  static Value python(String name, Arguments arguments) {
    List<Arguments.Given> given = arguments.takeRest();
    arguments.finish();
    List<Long> numbers = new ArrayList<>();
    if (name.equals("len")) {
      return new Value.Whole(size(arguments, given));
    }
    for (Arguments.Given one : given) {
      if (!(one.value() instanceof Value.Whole whole)) {
        throw arguments.wrong(one, name, "an integer");
      }
      numbers.add(whole.value());
    }
    boolean range = name.equals("range");
    if (numbers.isEmpty()
        || (range && numbers.size() > 3)
        || (name.equals("abs") && numbers.size() > 1)) {
      throw arguments.invalid(
          arguments.offset(), name + " with %d values".formatted(numbers.size()));
    }
    return switch (name) {
      case "abs" -> new Value.Whole(Math.absExact(Math.max(numbers.getFirst(), -Long.MAX_VALUE)));
      case "max" -> new Value.Whole(numbers.stream().max(Long::compare).orElseThrow());
      case "min" -> new Value.Whole(numbers.stream().min(Long::compare).orElseThrow());
      default -> range(arguments, numbers);
    };
  }

  private static Value range(Arguments arguments, List<Long> numbers) {
    long step = numbers.size() == 3 ? numbers.get(2) : 1;
    long start = numbers.size() == 1 ? 0 : numbers.getFirst();
    long stop = numbers.size() == 1 ? numbers.getFirst() : numbers.get(1);
    long bound = 1L << 40;
    if (step == 0) {
      throw arguments.invalid(arguments.offset(), "range with a step of 0");
    }
    if (Math.max(Math.abs(start), Math.abs(stop)) > bound || Math.abs(step) > bound) {
      throw arguments.diagnostics().limit(arguments.offset(), "a range beyond " + bound);
    }
    return new Value.Span(start, stop, step);
  }

  private static long size(Arguments arguments, List<Arguments.Given> given) {
    if (given.size() == 1) {
      return switch (given.getFirst().value()) {
        case Value.Items items -> items.values().size();
        case Value.Entries entries -> entries.values().size();
        case Value.Span span -> span.size();
        case Value.Text text -> text.text().codePointCount(0, text.text().length());
        case Value.Register register -> register.size();
        default -> throw arguments.wrong(given.getFirst(), "len", "a list or a register");
      };
    }
    throw arguments.invalid(arguments.offset(), "len with %d values".formatted(given.size()));
  }
}

package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoLowering;
import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.quantum.aqo.MeasuredAxes;
import dev.reeve.quantum.qasm.QasmProgram;
import dev.reeve.quantum.simulator.PauliSum;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// An AQO document as a program. Its annotations say what the energy is the mean of, and whether it
/// is to be minimized; where the search begins, its parameters say or the caller.
final class AqoProgram implements OpenProgram {
  private final AqoDocument document;
  private final AqoLimits limits;
  private final List<String> names;
  private final MeasuredAxes axes;

  AqoProgram(AqoDocument document, AqoLimits limits) {
    this.document = document;
    this.limits = limits;
    this.names = AqoLowering.parameters(document);
    this.axes = AqoLowering.axes(document, limits);
  }

  @Override
  public List<String> parameters() {
    return names;
  }

  @Override
  public SortedMap<String, String> settings() {
    return new TreeMap<>();
  }

  @Override
  public Bound bind(Map<String, String> values, CancelSignal cancel) {
    Map<String, Double> numbers = OpenProgram.numbers(values, names);
    Optional<PauliSum> observable = AqoObservables.of(document);
    if (names.isEmpty() || observable.isEmpty() || !AqoObservables.isMinimized(document)) {
      CircuitTemplate circuit = CircuitTemplate.of(AqoLowering.circuit(document, numbers, limits));
      return new Bound(
          new HybridProgram(circuit, Map.of(), observable, Optional.empty(), new TreeMap<>())
              .with(axes),
          Map.of());
    }
    Bound open = open(values, cancel);
    return Searches.of(open, new Search(MinimizeMethod.COBYLA, new TreeMap<>(), Optional.empty()));
  }

  @Override
  public Bound open(Map<String, String> values, CancelSignal cancel) {
    double[] start = start(OpenProgram.numbers(values, names));
    CircuitTemplate template =
        FoundTemplates.of(
            point -> AqoLowering.circuit(document, named(point), limits), names, start);
    return new Bound(
        new HybridProgram(
                template, Map.of(), AqoObservables.of(document), Optional.empty(), new TreeMap<>())
            .with(axes),
        named(start));
  }

  @Override
  public QasmProgram.Open opened(Map<String, String> values, CancelSignal cancel) {
    Map<String, Double> known = new TreeMap<>();
    for (String name : names) {
      document
          .parameters()
          .flatMap(all -> number(name, all))
          .ifPresent(value -> known.put(name, value));
    }
    known.putAll(OpenProgram.numbers(values, names));
    return OpenProgram.opened(names, known, all -> AqoLowering.circuit(document, all, limits));
  }

  private Map<String, Double> named(double[] point) {
    Map<String, Double> named = new TreeMap<>();
    for (int i = 0; i < point.length; i++) {
      named.put(names.get(i), point[i]);
    }
    return named;
  }

  private double[] start(Map<String, Double> numbers) {
    double[] start = new double[names.size()];
    for (int i = 0; i < start.length; i++) {
      String name = names.get(i);
      start[i] =
          Optional.ofNullable(numbers.get(name))
              .or(() -> document.parameters().flatMap(all -> number(name, all)))
              .orElseThrow(() ->
                  QuantumProblems.PARAMETER_INVALID
                      .field("param." + name, "none", "a finite number")
                      .toException());
    }
    return start;
  }

  private static Optional<Double> number(String name, SortedMap<String, AqoValue.Argument> all) {
    AqoValue.Argument value = all.getOrDefault(name, new AqoValue.Words(name));
    return switch (value) {
      case AqoValue.Whole whole -> Optional.of((double) whole.value());
      case AqoValue.Decimal decimal -> Optional.of(decimal.value());
      case AqoValue.Words _ -> Optional.empty();
    };
  }
}

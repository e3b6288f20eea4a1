package dev.reeve.quantum.hybrid;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.qasm.QasmProgram;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// An OpenQASM program whose inputs are its parameters.
final class QasmOpenProgram implements OpenProgram {
  private final QasmProgram program;

  QasmOpenProgram(QasmProgram program) {
    this.program = program;
  }

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
    OpenProgram.requireKnown(values, parameters());
    return new Bound(HybridProgram.of(CircuitTemplate.of(program.bind(values, cancel))), Map.of());
  }

  @Override
  public QasmProgram.Open opened(Map<String, String> values, CancelSignal cancel) {
    OpenProgram.requireKnown(values, parameters());
    return program.open(values, cancel);
  }

  /// A search begins at plain numbers, and varies those of the real inputs.
  @Override
  public Bound open(Map<String, String> values, CancelSignal cancel) {
    OpenProgram.requireKnown(values, parameters());
    List<String> names = program.realInputs();
    Map<String, String> given = new TreeMap<>(values);
    given.keySet().retainAll(names);
    Map<String, Double> start = OpenProgram.numbers(given, names);
    double[] point = new double[names.size()];
    for (int i = 0; i < point.length; i++) {
      point[i] = Optional.ofNullable(start.get(names.get(i))).orElse(0.0);
    }
    CircuitTemplate template =
        FoundTemplates.of(at -> circuit(values, names, at, cancel), names, point);
    return new Bound(
        new HybridProgram(template, Map.of(), Optional.empty(), Optional.empty(), new TreeMap<>()),
        start);
  }

  private Circuit circuit(
      Map<String, String> values, List<String> names, double[] point, CancelSignal cancel) {
    Map<String, String> all = new TreeMap<>(values);
    for (int i = 0; i < point.length; i++) {
      all.put(names.get(i), Double.toString(point[i]));
    }
    return program.bind(all, cancel);
  }
}

package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoLowering;
import dev.reeve.quantum.aqo.AqoOperation;
import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.quantum.aqo.AqoVersion;
import dev.reeve.quantum.hybrid.HybridProgram;
import dev.reeve.quantum.hybrid.Minimization;
import dev.reeve.quantum.simulator.PauliSum;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A program without errors. Immutable.
///
/// @param entrypoint name of the function that is the program
/// @param qubits at least 1
/// @param operations in the order of the source; the last one measures
/// @param parameters by name, in order of declaration; empty for one without a default
/// @param annotations what it says beside its circuit, as a document has it
/// @param observable whose mean is the energy of a run
/// @param minimized whether it asks for the best parameters
/// @param minimize how to look for them; empty when it does not, or names no observable
/// @param settings `shots`, `seed`, `noise_model`, `optimization_level` of its decorator
public record EigenProgram(
    String entrypoint,
    int qubits,
    List<AqoOperation> operations,
    Map<String, Optional<AqoValue.Argument>> parameters,
    Optional<AqoValue.Members> annotations,
    Optional<PauliSum> observable,
    boolean minimized,
    Optional<Minimization> minimize,
    SortedMap<String, String> settings) {
  public EigenProgram {
    Objects.requireNonNull(entrypoint, "entrypoint");
    operations = List.copyOf(operations);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    Objects.requireNonNull(annotations, "annotations");
    Objects.requireNonNull(observable, "observable");
    Objects.requireNonNull(minimize, "minimize");
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /// The program as a document, in the lowest version that has all its operations.
  ///
  /// @param metadata who made it of what
  /// @param checksums of what it was made
  /// @param topology how it is spread over nodes; empty when it is not
  public AqoDocument document(
      AqoValue.Members metadata, AqoValue.Members checksums, Optional<AqoValue.Members> topology) {
    return new AqoDocument(
        version(),
        qubits,
        operations,
        bindings(),
        Optional.of(metadata),
        Optional.of(checksums),
        topology,
        annotations);
  }

  /// The circuit alone, as a document.
  public AqoDocument document() {
    return new AqoDocument(
        version(),
        qubits,
        operations,
        bindings(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        annotations);
  }

  private AqoVersion version() {
    AqoVersion version = AqoVersion.V1_0;
    for (AqoOperation operation : operations) {
      AqoVersion since =
          switch (operation) {
            case AqoOperation.Gate gate -> gate.gate().since();
            case AqoOperation.Measure _, AqoOperation.Reset _ -> AqoVersion.V1_0;
            case AqoOperation.Barrier _,
                AqoOperation.Delay _,
                AqoOperation.If _,
                AqoOperation.For _,
                AqoOperation.While _ ->
                AqoVersion.V1_1;
          };
      version = since.compareTo(version) > 0 ? since : version;
    }
    return version;
  }

  private Optional<SortedMap<String, AqoValue.Argument>> bindings() {
    if (parameters.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, AqoValue.Argument> bindings = new TreeMap<>();
    parameters.forEach(
        (name, preset) -> bindings.put(name, preset.orElseGet(() -> new AqoValue.Words(name))));
    return Optional.of(bindings);
  }

  /// The program as something to run.
  ///
  /// @throws dev.reeve.base.ProblemException `EIGEN_LANG_INVALID` when it minimizes what has no
  ///   observable, or an angle follows a Param in a way that cannot be searched
  public HybridProgram hybrid() {
    if (minimized && minimize.isEmpty()) {
      throw QuantumProblems.EIGEN_LANG_INVALID
          .because(
              "minimize: an ExpectationValue without an Observable"
                  + " (expected: ExpectationValue(observable=...), to run the program)")
          .withField("source", "minimize: no Observable")
          .toException();
    }
    Map<String, Double> values = new TreeMap<>();
    parameters.forEach((name, preset) ->
        preset.flatMap(EigenProgram::number).ifPresent(value -> values.put(name, value)));
    return new HybridProgram(
        new DocumentTemplate(document(), List.copyOf(parameters.keySet())).template(),
        values,
        observable,
        minimize,
        settings,
        AqoLowering.axes(document(), AqoLimits.DEFAULT));
  }

  /// The circuit with each parameter at its default, or where the search for it begins.
  ///
  /// @throws dev.reeve.base.ProblemException `PARAMETER_INVALID` for one that has neither,
  ///   `EIGEN_LANG_INVALID` as [#hybrid]
  public Circuit circuit() {
    HybridProgram program = hybrid();
    List<String> names = program.template().parameters();
    double[] values = new double[names.size()];
    for (int i = 0; i < values.length; i++) {
      int at = i;
      values[i] =
          Optional.ofNullable(program.defaults().get(names.get(i)))
              .or(() -> program.minimization().map(search -> search.initial().get(at)))
              .orElseThrow(() ->
                  QuantumProblems.PARAMETER_INVALID
                      .because(names.get(at) + ": none (expected: a default of the Param)")
                      .withField("param." + names.get(at), "none (expected: a default)")
                      .toException());
    }
    return program.template().bind(values);
  }

  private static Optional<Double> number(AqoValue.Argument argument) {
    return switch (argument) {
      case AqoValue.Whole whole -> Optional.of((double) whole.value());
      case AqoValue.Decimal decimal -> Optional.of(decimal.value());
      case AqoValue.Words _ -> Optional.empty();
    };
  }
}

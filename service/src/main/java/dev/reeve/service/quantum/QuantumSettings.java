package dev.reeve.service.quantum;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.job.Work;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.compiler.DeviceNoise;
import dev.reeve.quantum.hybrid.OpenProgram;
import dev.reeve.quantum.hybrid.OutputSettings;
import dev.reeve.quantum.hybrid.ParameterRows;
import dev.reeve.quantum.mitigation.MitigationSource;
import dev.reeve.quantum.simulator.PauliSum;
import dev.reeve.quantum.simulator.Precision;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import dev.reeve.service.DistributedSettings;
import dev.reeve.service.NoisySimulators;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the metadata of a quantum job says about its run, before what the program itself says.
///
/// `shots` (default 1024), `seed` (default a random one, which the result names), `noise_model`
/// (default that of the device), `method` (default the one that suits), `precision` of a state
/// vector; `observable`, `memory`, `probabilities` and `statevector` as [OutputSettings] reads
/// them; `param.NAME` for a value of a parameter, and `parameters` for many sets of them, a JSON
/// list of objects; `minimize` for a search, see [OutputSettings#search].
public final class QuantumSettings {
  /// Widest circuit whose amplitudes fit a result.
  static final int AMPLITUDE_QUBITS_MAX = 12;

  private static final int ROWS_MAX = 256;
  private static final String MITIGATION = "readout_mitigation";
  private static final String PRECISION = "precision";
  private static final Set<String> NO_MITIGATION = Set.of("", "none");
  private static final String ROWS = "parameters";

  /// Before the names of compiler options, among the attributes.
  private static final String OPTION = "option.";

  private static final List<String> VALUE_PREFIXES = List.of("param.", "param:", "parameters.");

  /// Keys that mean something else than a parameter of the same name.
  private static final Set<String> TAKEN =
      Set.of(
          "shots",
          "seed",
          "noise_model",
          "method",
          PRECISION,
          "observable",
          "memory",
          "probabilities",
          "statevector",
          "basis",
          "minimize",
          "max_iters",
          "tol",
          "step",
          MITIGATION,
          "topic",
          "risk_tags",
          ROWS);

  private final Work work;
  private final SortedMap<String, String> metadata;
  private final String deviceId;
  private final long memoryBytesMax;
  private final Function<String, Optional<String>> noises;

  /// @param ofProgram what the program says
  /// @param noises of the figures of the device that a noisy simulator is called after, by its id
  QuantumSettings(
      Work work,
      Map<String, String> ofProgram,
      String deviceId,
      long memoryBytesMax,
      Function<String, Optional<String>> noises) {
    this.work = work;
    this.metadata = new TreeMap<>(ofProgram);
    metadata.putAll(work.metadata());
    this.deviceId = deviceId;
    this.memoryBytesMax = memoryBytesMax;
    this.noises = noises;
  }

  /// What is wrong with the outputs and the sweep that a job's metadata asks for: what is expected,
  /// by key.
  public static SortedMap<String, String> mistakes(Map<String, String> metadata) {
    SortedMap<String, String> mistakes = new TreeMap<>();
    note(mistakes, () -> OutputSettings.parse(metadata, AMPLITUDE_QUBITS_MAX));
    note(mistakes, () -> rows(metadata));
    note(mistakes, () -> OutputSettings.search("", metadata, List.of()));
    note(mistakes, () -> mitigation(metadata));
    note(mistakes, () -> precision(metadata));
    return mistakes;
  }

  private static void note(SortedMap<String, String> mistakes, Supplier<?> read) {
    try {
      Object _ = read.get();
    } catch (ProblemException e) {
      for (Problem.FieldViolation violation : e.problem().fields()) {
        mistakes.put(violation.field(), violation.description().replaceFirst("^expected: ", ""));
      }
    }
  }

  /// Where errors of readout are known from; empty when they are not taken out.
  Optional<MitigationSource> mitigation() {
    return mitigation(metadata);
  }

  private static Optional<MitigationSource> mitigation(Map<String, String> metadata) {
    String word = metadata.getOrDefault(MITIGATION, "");
    Optional<MitigationSource> source = MitigationSource.of(word);
    if (source.isEmpty() && !NO_MITIGATION.contains(word)) {
      throw QuantumProblems.READOUT_NOT_MITIGATED
          .field(MITIGATION, word, "none, " + MitigationSource.words())
          .toException();
    }
    return source;
  }

  private static Precision precision(Map<String, String> metadata) {
    String word = metadata.getOrDefault(PRECISION, Precision.AUTO.word());
    return Precision.of(word)
        .orElseThrow(() ->
            QuantumProblems.SIMULATION_METHOD_UNSUITABLE
                .field(PRECISION, word, String.join(", ", Precision.words()))
                .toException());
  }

  String target() {
    return work.attributes().getOrDefault("target", deviceId);
  }

  Optional<Long> seed() {
    return Optional.ofNullable(metadata.get("seed")).map(text -> parse("seed", text));
  }

  /// How the shots are split; empty when they are not.
  Optional<DistributedSettings> distributed() {
    Map<String, String> options = new TreeMap<>();
    work.attributes()
        .forEach((key, value) -> {
          if (key.startsWith(OPTION)) {
            options.put(key.substring(OPTION.length()), value);
          }
        });
    return DistributedSettings.of(options);
  }

  SimulationMethod method() {
    String word = metadata.getOrDefault("method", SimulationMethod.AUTO.word());
    return SimulationMethod.of(word)
        .orElseThrow(() ->
            QuantumProblems.SIMULATION_METHOD_UNSUITABLE
                .field("method", word, String.join(", ", SimulationMethod.words()))
                .toException());
  }

  /// The metadata as it was checked when the job was submitted; what cannot be read there any more
  /// is refused like a wrong program.
  RunOptions options(int shotsMax, long seed) {
    String shots = metadata.getOrDefault("shots", Integer.toString(RunOptions.SHOTS_DEFAULT));
    String noise = metadata.getOrDefault("noise_model", noiseOfTarget());
    long most = Math.min(parse("shots", shots), shotsMax);
    return RunOptions.of((int) Math.max(0, most), seed, memoryBytesMax)
        .withNoise(DeviceNoise.parse("noise_model", noise))
        .with(precision(metadata))
        .with(OutputSettings.parse(metadata, AMPLITUDE_QUBITS_MAX));
  }

  private String noiseOfTarget() {
    return noises.apply(target()).orElseGet(() -> NoisySimulators.model(target()));
  }

  /// Sets of values to run the program with; one empty set when there is no sweep.
  List<SortedMap<String, String>> rows() {
    return rows(metadata);
  }

  private static List<SortedMap<String, String>> rows(Map<String, String> metadata) {
    String text = metadata.getOrDefault(ROWS, "");
    return text.isBlank() ? List.of(new TreeMap<>()) : ParameterRows.parse(ROWS, text, ROWS_MAX);
  }

  /// The values of a run: those of its set, before `param.NAME`, before the bare name.
  ///
  /// @param names of the program's parameters
  private Map<String, String> values(List<String> names, Map<String, String> row) {
    Map<String, String> values = new TreeMap<>();
    for (String name : names) {
      if (metadata.containsKey(name) && !TAKEN.contains(name)) {
        values.put(name, metadata.getOrDefault(name, ""));
      }
    }
    metadata.forEach((key, value) -> {
      for (String prefix : VALUE_PREFIXES) {
        if (key.startsWith(prefix)) {
          values.put(key.substring(prefix.length()), value);
        }
      }
    });
    values.putAll(row);
    return values;
  }

  /// The program with the values of a run, and with the search that the job asks for.
  OpenProgram.Bound bound(OpenProgram program, Map<String, String> row, CancelSignal cancel) {
    Map<String, String> values = values(program.parameters(), row);
    return OutputSettings.search("", metadata, observables())
        .map(search -> program.bind(values, search, cancel))
        .orElseGet(() -> program.bind(values, cancel));
  }

  private List<PauliSum> observables() {
    return OutputSettings.parse(metadata, AMPLITUDE_QUBITS_MAX).observables();
  }

  private static Long parse(String field, String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw QuantumProblems.SIMULATION_SHOTS_INVALID.field(field, text, "an integer").toException();
    }
  }
}

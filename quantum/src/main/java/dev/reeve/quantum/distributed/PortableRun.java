package dev.reeve.quantum.distributed;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.CircuitMetrics;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmLimits;
import dev.reeve.quantum.qasm.QasmOptions;
import dev.reeve.quantum.qasm.QasmPrinter;
import dev.reeve.quantum.qasm.QasmVersion;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.Expectation;
import dev.reeve.quantum.simulator.NoiseModel;
import dev.reeve.quantum.simulator.Outputs;
import dev.reeve.quantum.simulator.PauliSum;
import dev.reeve.quantum.simulator.Precision;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import dev.reeve.quantum.simulator.SimulationResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// A run of a simulator as text, so that another process repeats it to the bit: the circuit as
/// OpenQASM, and by name the seed, the method that was chosen, noise, precision, the memory by
/// which both decide, and observables. Both directions of both ways stand here.
///
/// @param program OpenQASM 3 that reads back as the very circuit
/// @param circuit the circuit
/// @param choice how it is simulated
/// @param options of each shard, but for its shots and seed
public record PortableRun(
    String program, Circuit circuit, CircuitSimulator.Choice choice, RunOptions options) {
  /// Longest program that is sent.
  public static final int PROGRAM_BYTES_MAX = 8 * 1024 * 1024;

  /// Programs of which every gate was written out once.
  private static final QasmLimits LIMITS =
      new QasmLimits(
          PROGRAM_BYTES_MAX, 8_000_000, 64, 65_536, 65_536, 1_000_000, 8_000_000, 100_000, 1);

  private static final QasmOptions READING = QasmOptions.DEFAULT.withLimits(LIMITS);
  private static final String SEED = "seed";
  private static final String METHOD = "method";
  private static final String NOISE = "noise_model";
  private static final String PRECISION = "precision";
  private static final String MEMORY = "memory_bytes";
  private static final String OBSERVABLE = "observable";
  private static final String EXPECTATIONS = "expectations";

  /// Facts that every result has; the others of an answer are its own further ones.
  private static final Set<String> COMMON =
      Set.of(
          "bitstring_order",
          "depth",
          "gates",
          "memory_bytes",
          "method",
          "qubits",
          "seed",
          "shots",
          "simulated_qubits",
          "two_qubit_gates",
          "measured_at_end",
          NOISE,
          EXPECTATIONS);

  /// A run that can be told, or why it cannot.
  ///
  /// @param run empty when it has to stay here
  /// @param trouble why; empty when it can be told
  public record Form(Optional<PortableRun> run, String trouble) {
    private static Form not(String trouble) {
      return new Form(Optional.empty(), trouble);
    }
  }

  /// The form of a run, when it has one: what comes back must be all that was asked for.
  ///
  /// @param options of each shard
  public static Form of(
      Circuit circuit, CircuitSimulator.Choice choice, RunOptions options, CancelSignal cancel) {
    Outputs outputs = options.outputs();
    if (outputs.memory() || outputs.probabilities() || outputs.amplitudes()) {
      return Form.not("memory, probabilities and statevector are found out here");
    }
    try {
      String program = QasmPrinter.print(circuit, QasmVersion.V3);
      if (program.length() > PROGRAM_BYTES_MAX) {
        return Form.not("the circuit is longer than " + PROGRAM_BYTES_MAX + " bytes");
      }
      PortableRun run = new PortableRun(program, circuit, choice, options);
      boolean same =
          read(program, cancel).equals(circuit)
              && NoiseModel.parse(NOISE, options.noise().text()).equals(options.noise())
              && observables(observables(outputs)).equals(outputs.observables());
      return same ? new Form(Optional.of(run), "") : Form.not("the circuit has no exact text");
    } catch (IllegalArgumentException e) {
      return Form.not("the circuit has no text: " + e.getMessage());
    } catch (ProblemException e) {
      if (cancel.isCancelled()) {
        throw e;
      }
      return Form.not("the circuit has no text: " + e.problem().message());
    }
  }

  private static Circuit read(String program, CancelSignal cancel) {
    return OpenQasm.parse(program.getBytes(StandardCharsets.UTF_8), READING, cancel).orThrow();
  }

  private static String observables(Outputs outputs) {
    return String.join(";", outputs.observables().stream().map(PauliSum::text).toList());
  }

  private static List<PauliSum> observables(String text) {
    List<PauliSum> sums = new ArrayList<>();
    for (String one : text.isEmpty() ? new String[0] : text.split(";", -1)) {
      sums.add(PauliSum.parse(OBSERVABLE, one));
    }
    return sums;
  }

  /// What a node is told of a shard, by name.
  public SortedMap<String, String> told(Shard shard) {
    SortedMap<String, String> told = new TreeMap<>();
    told.put(SEED, Long.toString(shard.seed()));
    told.put(METHOD, choice.method().word());
    told.put(NOISE, options.noise().text());
    told.put(PRECISION, options.precision().word());
    told.put(MEMORY, Long.toString(options.memoryBytesMax()));
    String observables = observables(options.outputs());
    if (!observables.isEmpty()) {
      told.put(OBSERVABLE, observables);
    }
    return told;
  }

  /// The run that somebody tells of. What is not said is as in a job.
  ///
  /// @param memoryBytesMax most memory that there is; a run that may take more is refused
  /// @throws ProblemException `QASM_...`, `SIMULATION_...`, `NOISE_MODEL_INVALID`,
  ///   `OBSERVABLE_INVALID`, `QUANTUM_CANCELLED`
  public static SimulationResult run(
      CircuitSimulator simulator,
      byte[] program,
      int shots,
      Map<String, String> told,
      long memoryBytesMax,
      CancelSignal cancel) {
    Circuit circuit = OpenQasm.parse(program, READING, cancel).orThrow();
    long memory = number(told, MEMORY, memoryBytesMax);
    if (memory > memoryBytesMax) {
      throw QuantumProblems.SIMULATION_MEMORY_EXCEEDED
          .field(MEMORY, Long.toString(memory), "at most " + memoryBytesMax)
          .toException();
    }
    RunOptions options =
        RunOptions.of(shots, number(told, SEED, 0), memory)
            .withNoise(NoiseModel.parse(NOISE, told.getOrDefault(NOISE, "")))
            .with(word(told, PRECISION, Precision.AUTO.word(), Precision::of, Precision.words()))
            .with(Outputs.COUNTS.withObservables(observables(told.getOrDefault(OBSERVABLE, ""))));
    SimulationMethod method =
        word(
            told,
            METHOD,
            SimulationMethod.AUTO.word(),
            SimulationMethod::of,
            SimulationMethod.words());
    return simulator.run(
        circuit,
        simulator.choose(circuit, method, options),
        options,
        cancel,
        ProgressListener.NONE);
  }

  private static long number(Map<String, String> told, String name, long absent) {
    String text = told.getOrDefault(name, "");
    try {
      return text.isEmpty() ? absent : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw QuantumProblems.SIMULATION_SHOTS_INVALID.field(name, text, "an integer").toException();
    }
  }

  private static <T> T word(
      Map<String, String> told,
      String name,
      String absent,
      Function<String, Optional<T>> known,
      List<String> words) {
    String text = told.getOrDefault(name, absent);
    return known
        .apply(text)
        .orElseThrow(() ->
            QuantumProblems.SIMULATION_METHOD_UNSUITABLE
                .field(name, text, String.join(", ", words))
                .toException());
  }

  /// What a node answers beside the counts, by name.
  public static SortedMap<String, String> facts(SimulationResult result) {
    SortedMap<String, String> facts = new TreeMap<>(result.metadata());
    // Whoever asked knows it, and of a device it may be long.
    facts.remove(NOISE);
    List<String> expectations = new ArrayList<>();
    for (Expectation one : result.found().expectations()) {
      String variance =
          one.variance().isPresent() ? Double.toString(one.variance().getAsDouble()) : "";
      expectations.add(one.value() + "," + variance + "," + one.standardError());
    }
    if (!expectations.isEmpty()) {
      facts.put(EXPECTATIONS, String.join(";", expectations));
    }
    return facts;
  }

  /// The result of a shard that a node answered. Shots, seed, method and observables must be those
  /// that were asked for.
  ///
  /// @throws IllegalArgumentException for an answer that cannot be one
  public SimulationResult result(
      Shard shard, SortedMap<String, Long> counts, Map<String, String> answered) {
    require(answered, "seed", Long.toString(shard.seed()));
    require(answered, "shots", Integer.toString(shard.shots()));
    require(answered, "qubits", Integer.toString(circuit.qubits()));
    long counted = counts.values().stream().mapToLong(Long::longValue).sum();
    if (counted != shard.shots()) {
      throw new IllegalArgumentException(
          "counts: %d shots (expected: %d)".formatted(counted, shard.shots()));
    }
    List<Expectation> expectations = expectations(answered.getOrDefault(EXPECTATIONS, ""));
    if (expectations.size() != options.outputs().observables().size()) {
      throw new IllegalArgumentException("expectations: not one for each observable");
    }
    SortedMap<String, String> more = new TreeMap<>(answered);
    more.keySet().removeAll(COMMON);
    if (!options.noise().isNone()) {
      more.put(NOISE, options.noise().text());
    }
    return new SimulationResult(
        counts,
        new SimulationResult.Found(Optional.empty(), List.of(), Optional.empty(), expectations),
        shard.shots(),
        shard.seed(),
        answered.getOrDefault("method", ""),
        circuit.qubits(),
        (int) whole(answered, "simulated_qubits"),
        CircuitMetrics.of(circuit),
        answered.getOrDefault("measured_at_end", "").equals("true"),
        whole(answered, "memory_bytes"),
        more);
  }

  private static void require(Map<String, String> answered, String name, String expected) {
    String text = answered.getOrDefault(name, "");
    if (!text.equals(expected)) {
      throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(name, text, expected));
    }
  }

  private static long whole(Map<String, String> answered, String name) {
    return Long.parseLong(answered.getOrDefault(name, ""));
  }

  private static List<Expectation> expectations(String text) {
    List<Expectation> expectations = new ArrayList<>();
    for (String one : text.isEmpty() ? new String[0] : text.split(";", -1)) {
      String[] numbers = one.split(",", -1);
      if (numbers.length != 3) {
        throw new IllegalArgumentException("expectations: " + one);
      }
      expectations.add(
          new Expectation(
              Double.parseDouble(numbers[0]),
              numbers[1].isEmpty()
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(Double.parseDouble(numbers[1])),
              Double.parseDouble(numbers[2])));
    }
    return expectations;
  }
}

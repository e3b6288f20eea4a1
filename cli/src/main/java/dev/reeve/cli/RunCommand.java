package dev.reeve.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.compiler.DeviceModels;
import dev.reeve.quantum.compiler.DeviceNoise;
import dev.reeve.quantum.hybrid.HybridRunner;
import dev.reeve.quantum.hybrid.OpenProgram;
import dev.reeve.quantum.hybrid.OutputSettings;
import dev.reeve.quantum.hybrid.ParameterRows;
import dev.reeve.quantum.mitigation.MitigatedRun;
import dev.reeve.quantum.mitigation.MitigationSource;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.NoiseModel;
import dev.reeve.quantum.simulator.Outputs;
import dev.reeve.quantum.simulator.Precision;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import dev.reeve.quantum.simulator.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve run`: runs a circuit in this process; asks nobody.
@Command(
    name = "run",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Run a circuit here, without a server.",
    footer = {
      "Outcomes are written highest classical bit first, as wide as the highest bit that the"
          + " program",
      "writes. A program that writes no bit has every qubit measured at its end."
    })
final class RunCommand implements Callable<Integer> {
  private static final int SWEEP_BYTES_MAX = 64 * 1024 * 1024;
  private static final int AMPLITUDE_QUBITS_MAX = 20;

  private final CliContext context;
  private final Map<String, String> inputs = new TreeMap<>();

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = {CircuitFile.FORMS, JobSpecFile.FORM})
  private String file = "";

  @Option(names = "--shots", paramLabel = "N", description = "How often (default: 1024).")
  private @Nullable Integer shots;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same counts (default: another each time).")
  private @Nullable Long seed;

  @Option(
      names = "--input",
      paramLabel = "N=VALUE",
      description = "A value for the input N of the program; repeat it for each.")
  private List<String> given = new ArrayList<>();

  @Option(names = "--probabilities", description = "The exact distribution in place of counts.")
  private boolean probabilities;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = {
        "auto, statevector, stabilizer, matrix_product_state or",
        "density_matrix (default: auto)."
      })
  private String method = SimulationMethod.AUTO.word();

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      description = {
        "Of a state vector: double, single, or auto, single where only",
        "that fits into the memory (default: auto)."
      })
  private String precision = Precision.AUTO.word();

  @Option(
      names = "--noise",
      paramLabel = "MODEL",
      description = "What goes wrong, for example depolarizing:0.001+readout:0.02.")
  private @Nullable String noiseGiven;

  @Option(
      names = "--calibration",
      paramLabel = "FILE",
      description = "Figures of the device that --noise names, a JSON object.")
  private String calibration = "";

  @Option(
      names = "--observable",
      paramLabel = "SUM",
      description = {
        "Mean and variance of a Pauli sum, for example 0.5*Z0*Z1 - X2;",
        "several with ; between them."
      })
  private @Nullable String observableGiven;

  @Option(
      names = "--minimize",
      paramLabel = "NAME",
      description = {
        "Vary the inputs until the observable is smallest: COBYLA,",
        "Nelder-Mead, SPSA or gradient."
      })
  private String minimize = "";

  @Option(
      names = "--max-iters",
      paramLabel = "N",
      description = "Most iterations of that (default: 1000).")
  private String iterations = "";

  @Option(
      names = "--readout-mitigation",
      paramLabel = "FROM",
      description = {
        "Quasi-probabilities beside the counts, with the errors of",
        "readout from the model (calibration) or two runs (measured)."
      })
  private String mitigation = "";

  @Option(names = "--memory", description = "The outcome of every shot.")
  private boolean memory;

  @Option(names = "--statevector", description = "The final amplitudes, up to 20 qubits.")
  private boolean amplitudes;

  @Option(
      names = "--sweep",
      paramLabel = "FILE",
      description = {
        "Run once for each set of values in the file, JSON objects",
        "line by line; one line of JSON comes out for each."
      })
  private String sweep = "";

  @Option(names = "--all-bits", description = "Write all declared bits, also those never written.")
  private boolean allBits;

  @Option(
      names = "--json",
      description = "Print {counts, metadata} or {probabilities, metadata} on one line.")
  private boolean json;

  /// From the command line, else from the specification of a job; empty for none.
  private String noise = "";

  private String observable = "";

  RunCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    inputs.putAll(InputOption.values(given));
    noise = said("--noise", noiseGiven, "a model, such as depolarizing:0.001");
    observable = said("--observable", observableGiven, "a sum, such as 0.5*Z0*Z1 - X2");
    CircuitFile source = source();
    SimulationMethod asked =
        SimulationMethod.of(method)
            .orElseThrow(() ->
                CliProblems.ARGUMENT_INVALID
                    .field("--method", method, String.join(", ", SimulationMethod.words()))
                    .toException());
    OpenProgram program = source.program();
    if (sweep.isEmpty()) {
      return run(program, asked, inputs, 0, false);
    }
    String rows = new String(LocalFiles.read(LocalFiles.path(sweep), SWEEP_BYTES_MAX), UTF_8);
    int exit = ExitCodes.OK;
    int number = 0;
    for (Map<String, String> row : ParameterRows.parse("--sweep", rows, ParameterRows.ROWS_MAX)) {
      Map<String, String> values = new TreeMap<>(inputs);
      values.putAll(row);
      exit = Math.max(exit, runOfSweep(program, asked, values, number++));
    }
    return exit;
  }

  private int runOfSweep(
      OpenProgram program, SimulationMethod asked, Map<String, String> values, int number) {
    try {
      return run(program, asked, values, number, true);
    } catch (ProblemException e) {
      Problem found = e.problem();
      String message = "--sweep: set %d: %s".formatted(number + 1, found.message());
      throw found.code().because(message).withDetail(found.detail()).toException();
    }
  }

  /// What an option says; one that is there and empty is a slip, such as a variable that is not
  /// set.
  private static String said(String option, @Nullable String given, String expected) {
    if (given != null && given.isBlank()) {
      throw CliProblems.ARGUMENT_INVALID.field(option, given, expected).toException();
    }
    return given == null ? "" : given;
  }

  /// The program; what its specification says of the run holds where the command line says nothing.
  private CircuitFile source() {
    if (!JobSpecFile.isMeant(file)) {
      return CircuitFile.read(file);
    }
    JobSpecFile spec = JobSpecFile.read(file);
    Map<String, String> said = spec.settings();
    if (shots == null && said.containsKey("shots")) {
      shots = Math.clamp(whole("shots", said), -1, Integer.MAX_VALUE);
    }
    if (seed == null && said.containsKey("seed")) {
      seed = whole("seed", said);
    }
    method =
        method.equals(SimulationMethod.AUTO.word()) ? said.getOrDefault("method", method) : method;
    precision =
        precision.equals(Precision.AUTO.word())
            ? said.getOrDefault("precision", precision)
            : precision;
    noise = noise.isEmpty() ? said.getOrDefault("noise_model", "") : noise;
    observable = observable.isEmpty() ? said.getOrDefault("observable", "") : observable;
    minimize = minimize.isEmpty() ? said.getOrDefault("minimize", "") : minimize;
    mitigation = mitigation.isEmpty() ? said.getOrDefault("readout_mitigation", "") : mitigation;
    iterations = iterations.isEmpty() ? said.getOrDefault("max_iters", "") : iterations;
    memory |= said.getOrDefault("memory", "").equals("true");
    probabilities |= said.getOrDefault("probabilities", "").equals("true");
    amplitudes |= said.getOrDefault("statevector", "").equals("true");
    spec.values().forEach(inputs::putIfAbsent);
    return spec.program();
  }

  private Long whole(String key, Map<String, String> said) {
    String text = said.getOrDefault(key, "");
    if (!text.matches("-?[0-9]{1,9}|[0-9]{1,18}")) {
      throw CliProblems.ARGUMENT_INVALID
          .field(file + ": spec.metadata." + key, text, "an integer")
          .toException();
    }
    return Long.valueOf(text);
  }

  /// @param number of the run in a sweep, from 0
  private int run(
      OpenProgram program,
      SimulationMethod asked,
      Map<String, String> values,
      int number,
      boolean line) {
    HybridRunner.Request request =
        request(bound(program, values), asked, program.settings(), number);
    long begun = System.nanoTime();
    HybridRunner.Answer answer =
        runner().run(request, CancelSignal.NEVER, RunProgress.on(context.console()));
    double seconds = (System.nanoTime() - begun) / 1e9;
    RunOutput output = new RunOutput(context.console(), allBits, probabilities);
    if (line || json) {
      output.line(answer, seconds, line ? values : Map.of());
    } else {
      output.print(answer, seconds);
    }
    return ExitCodes.OK;
  }

  private OpenProgram.Bound bound(OpenProgram program, Map<String, String> values) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("minimize", minimize);
    if (!iterations.isEmpty()) {
      settings.put("max_iters", iterations);
    }
    return OutputSettings.search(
            "--", settings, OutputSettings.observables("--observable", observable))
        .map(search -> program.bind(values, search, CancelSignal.NEVER))
        .orElseGet(() -> program.bind(values, CancelSignal.NEVER));
  }

  private HybridRunner runner() {
    CircuitSimulator simulator = simulator();
    if (mitigation.isEmpty() || mitigation.equals("none")) {
      return new HybridRunner(simulator);
    }
    MitigationSource source =
        MitigationSource.of(mitigation)
            .orElseThrow(() ->
                CliProblems.ARGUMENT_INVALID
                    .field("--readout-mitigation", mitigation, MitigationSource.words())
                    .toException());
    return new HybridRunner(simulator, new MitigatedRun(simulator::run, simulator::run, source));
  }

  private static CircuitSimulator simulator() {
    return new CircuitSimulator(
        Workers.of(ForkJoinPool.commonPool(), Runtime.getRuntime().availableProcessors()));
  }

  /// What the command line says comes before what the program says.
  private HybridRunner.Request request(
      OpenProgram.Bound bound, SimulationMethod asked, Map<String, String> settings, int number) {
    int times =
        shots == null ? number("shots", settings, RunOptions.SHOTS_DEFAULT).intValue() : shots;
    long drawn = seed == null ? number("seed", settings, context.random().nextLong() >>> 1) : seed;
    String model = noise.isEmpty() ? settings.getOrDefault("noise_model", "") : noise;
    Outputs outputs =
        new Outputs(
            probabilities,
            memory,
            amplitudes ? AMPLITUDE_QUBITS_MAX : 0,
            OutputSettings.observables("--observable", observable));
    RunOptions options =
        RunOptions.of(times, drawn + number, memoryBytes())
            .withNoise(noise(model))
            .with(precision())
            .with(outputs);
    return new HybridRunner.Request(bound.program(), bound.values(), asked, options);
  }

  private NoiseModel noise(String model) {
    if (calibration.isEmpty()) {
      return DeviceNoise.parse("--noise", model);
    }
    DeviceModel device =
        DeviceModels.of(model)
            .orElseThrow(() ->
                CliProblems.ARGUMENT_INVALID
                    .field("--noise", model, "a device, such as line_8, beside --calibration")
                    .toException());
    return NoiseModel.parse("--noise", DeviceNoise.text(CalibrationFile.on(calibration, device)));
  }

  private Precision precision() {
    return Precision.of(precision)
        .orElseThrow(() ->
            CliProblems.ARGUMENT_INVALID
                .field("--precision", precision, String.join(", ", Precision.words()))
                .toException());
  }

  private static Long number(String key, Map<String, String> settings, long absent) {
    String text = settings.get(key);
    return text == null ? Long.valueOf(absent) : Long.valueOf(text);
  }

  /// Two thirds of what this process may have: the rest is for the program and its results.
  private static long memoryBytes() {
    return Runtime.getRuntime().maxMemory() / 3 * 2;
  }
}

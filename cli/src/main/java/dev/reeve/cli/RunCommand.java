package dev.reeve.cli;

import com.google.gson.JsonObject;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Register;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.Expectation;
import dev.reeve.quantum.simulator.NoiseModel;
import dev.reeve.quantum.simulator.PauliSum;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import dev.reeve.quantum.simulator.SimulationResult;
import dev.reeve.quantum.simulator.StateVectorSimulator;
import dev.reeve.quantum.simulator.Workers;
import java.util.Map;
import java.util.SortedMap;
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
  private final CliContext context;

  @Parameters(index = "0", paramLabel = "FILE", description = "The program, OpenQASM 2 or 3.")
  private String file = "";

  @Option(names = "--shots", paramLabel = "N", description = "How often (default: 1024).")
  private int shots = RunOptions.SHOTS_DEFAULT;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same counts (default: another each time).")
  private @Nullable Long seed;

  @Option(
      names = "--input",
      paramLabel = "N=VALUE",
      description = "A value for the input N of the program; repeat it for each.")
  private Map<String, String> inputs = new TreeMap<>();

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
      names = "--noise",
      paramLabel = "MODEL",
      description = "What goes wrong, for example depolarizing:0.001+readout:0.02.")
  private String noise = "";

  @Option(
      names = "--observable",
      paramLabel = "SUM",
      description = "Mean and variance of a Pauli sum, for example 0.5*Z0*Z1 - X2.")
  private String observable = "";

  @Option(names = "--all-bits", description = "Write all declared bits, also those never written.")
  private boolean allBits;

  @Option(
      names = "--json",
      description = "Print {counts, metadata} or {probabilities, metadata} on one line.")
  private boolean json;

  private @Nullable Expectation expectation;

  RunCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    SimulationMethod asked =
        SimulationMethod.of(method)
            .orElseThrow(() ->
                CliProblems.ARGUMENT_INVALID
                    .field("--method", method, String.join(", ", SimulationMethod.words()))
                    .toException());
    Circuit circuit = CircuitFile.read(file).circuit(inputs);
    long drawn = seed == null ? context.random().nextLong() >>> 1 : seed;
    RunOptions options =
        RunOptions.of(shots, drawn, memoryBytes()).withNoise(NoiseModel.parse("--noise", noise));
    RunOptions wanted = probabilities ? options.withProbabilities() : options;
    CircuitSimulator simulator =
        new CircuitSimulator(
            Workers.of(ForkJoinPool.commonPool(), Runtime.getRuntime().availableProcessors()));
    CircuitSimulator.Choice choice = simulator.choose(circuit, asked, wanted);
    long begun = System.nanoTime();
    SimulationResult result =
        simulator.run(
            circuit, choice, wanted, CancelSignal.NEVER, ProgressBar.on(context.console(), "run"));
    double seconds = (System.nanoTime() - begun) / 1e9;
    expectation = expectation(circuit, wanted);
    int width = allBits ? width(circuit, result) : 0;
    if (json) {
      context.console().say(line(result, choice, seconds, width));
    } else {
      print(result, choice, seconds, width);
    }
    return ExitCodes.OK;
  }

  private @Nullable Expectation expectation(Circuit circuit, RunOptions options) {
    if (observable.isEmpty()) {
      return null;
    }
    PauliSum sum = PauliSum.parse("--observable", observable);
    if (!options.noise().isNone()) {
      throw CliProblems.ARGUMENT_INVALID
          .field("--observable", observable, "a run without --noise")
          .toException();
    }
    return new StateVectorSimulator()
        .expectation(circuit, sum, options.memoryBytesMax(), CancelSignal.NEVER);
  }

  /// Two thirds of what this process may have: the rest is for the program and its results.
  private static long memoryBytes() {
    return Runtime.getRuntime().maxMemory() / 3 * 2;
  }

  private static int width(Circuit circuit, SimulationResult result) {
    return result.measuredAtEnd()
        ? circuit.qubits()
        : circuit.bitRegisters().stream().mapToInt(Register::size).sum();
  }

  private String line(
      SimulationResult result, CircuitSimulator.Choice choice, double seconds, int width) {
    JsonObject outcomes = new JsonObject();
    if (probabilities) {
      wide(exact(result), width).forEach(outcomes::addProperty);
    } else {
      wide(result.counts(), width).forEach(outcomes::addProperty);
    }
    JsonObject metadata = new JsonObject();
    metadata.addProperty("execution_seconds", seconds);
    result.metadata().forEach(metadata::addProperty);
    metadata.addProperty("method_reason", choice.reason());
    if (expectation != null) {
      metadata.addProperty("expectation", expectation.value());
      metadata.addProperty("variance", expectation.variance());
    }
    JsonObject line = new JsonObject();
    line.add(probabilities ? "probabilities" : "counts", outcomes);
    line.add("metadata", metadata);
    return Json.line(line);
  }

  private void print(
      SimulationResult result, CircuitSimulator.Choice choice, double seconds, int width) {
    Console console = context.console();
    if (probabilities) {
      wide(exact(result), width)
          .forEach((outcome, share) -> console.say("%s  %.12f".formatted(outcome, share)));
    } else {
      Histogram.lines(
              wide(result.counts(), width),
              console.terminal().columns(),
              console.terminal().drawsOnOut())
          .forEach(console::say);
    }
    if (expectation != null) {
      console.say(
          "%s = %.9f, variance %.9f"
              .formatted(observable, expectation.value(), expectation.variance()));
    }
    console.note(
        "%d shots, seed %d, %s because %s, %.3f s"
            .formatted(result.shots(), result.seed(), result.method(), choice.reason(), seconds));
  }

  private static SortedMap<String, Double> exact(SimulationResult result) {
    return result.probabilities().orElseThrow();
  }

  /// Bits that no outcome has are zero.
  private static <V> SortedMap<String, V> wide(Map<String, V> outcomes, int width) {
    SortedMap<String, V> wide = new TreeMap<>();
    outcomes.forEach(
        (text, value) -> wide.put("0".repeat(Math.max(0, width - text.length())) + text, value));
    return wide;
  }
}

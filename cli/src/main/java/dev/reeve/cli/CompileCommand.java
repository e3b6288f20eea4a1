package dev.reeve.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.compiler.Certificate;
import dev.reeve.quantum.compiler.CircuitCompiler;
import dev.reeve.quantum.compiler.CompileOptions;
import dev.reeve.quantum.compiler.CompiledCircuit;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.compiler.DeviceModels;
import dev.reeve.quantum.compiler.Schedule;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve compile`: a circuit as a device can run it; asks nobody.
@Command(
    name = "compile",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Turn a circuit into one that a device can run.",
    footer = {
      "Devices: " + DeviceModels.NAMES + ".",
      "The output has the gates rz, sx, x and cx. The certificate says whether it was seen to do"
          + " what",
      "the source does, and how."
    })
final class CompileCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(index = "0", paramLabel = "FILE", description = CircuitFile.FORMS)
  private String file = "";

  @Option(
      names = "--device",
      paramLabel = "NAME",
      required = true,
      description = "For which device.")
  private String device = "";

  @Mixin private final LevelOption level = new LevelOption();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same output (default: 0).")
  private long seed;

  @Mixin private final CompileChoices choices = new CompileChoices();

  @Mixin private final InputOption inputs = new InputOption();

  @Mixin private final CircuitOutput output = new CircuitOutput();

  @Option(
      names = "--json",
      description = "Print {qasm or aqo, metrics, layout, certificate} on one line.")
  private boolean json;

  CompileCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    output.require();
    CompileOptions options = choices.options(level.level(), seed);
    DeviceModel model =
        choices.calibrated(
            DeviceModels.of(device)
                .orElseThrow(() ->
                    CliProblems.ARGUMENT_INVALID
                        .field("--device", device, DeviceModels.NAMES)
                        .toException()));
    CircuitFile.Open source = CircuitFile.read(file).open(inputs.values());
    long begun = System.nanoTime();
    CompiledCircuit compiled = compiled(model, source.circuit(), options);
    double seconds = (System.nanoTime() - begun) / 1e9;
    String text = output.text(compiled.circuit(), source);
    if (json) {
      context.console().say(line(compiled, text, seconds, options.timing().isPresent()));
    } else {
      context.console().out().print(text);
      context
          .console()
          .note(
              "%d two-qubit gates, depth %d, %d swaps, %.2f us long, %.3f s, %s"
                  .formatted(
                      compiled.twoQubitGates(),
                      compiled.depth(),
                      compiled.swaps(),
                      compiled.schedule().nanos() / 1_000,
                      seconds,
                      words(compiled.certificate())));
    }
    return ExitCodes.OK;
  }

  private CompiledCircuit compiled(DeviceModel model, Circuit source, CompileOptions options) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      return new CircuitCompiler(model, threads)
          .compile(
              source, options, ProgressBar.on(context.console(), "compile"), CancelSignal.NEVER);
    }
  }

  /// For people.
  static String words(Certificate certificate) {
    return certificate
        .equivalent()
        .map(same ->
            (same ? "equivalent by " : "NOT EQUIVALENT by ")
                + method(certificate)
                + bindings(certificate))
        .orElse("not compared with the source");
  }

  /// How far a comparison goes where inputs are open; else empty.
  static String bindings(Certificate certificate) {
    return certificate.bindings() > 0
        ? " for %d random values of the inputs".formatted(certificate.bindings())
        : "";
  }

  private String line(CompiledCircuit compiled, String text, double seconds, boolean scheduled) {
    JsonObject metrics = new JsonObject();
    metrics.addProperty("two_qubit_gates", compiled.twoQubitGates());
    metrics.addProperty("two_qubit_depth", compiled.twoQubitDepth());
    metrics.addProperty("depth", compiled.depth());
    metrics.addProperty("swaps", compiled.swaps());
    metrics.addProperty("seconds", seconds);
    metrics.addProperty("duration_ns", compiled.schedule().nanos());
    metrics.addProperty("duration_dt", compiled.schedule().ticks());
    metrics.addProperty("estimated_success", compiled.success());
    metrics.addProperty("angle_left_out", compiled.angleLeftOut());
    JsonObject layout = new JsonObject();
    layout.add("initial", array(compiled.initial()));
    layout.add("final", array(compiled.last()));
    JsonObject line = new JsonObject();
    output.addTo(line, text);
    line.add("metrics", metrics);
    line.add("layout", layout);
    line.add("certificate", certificate(compiled.certificate()));
    if (scheduled) {
      line.add("schedule", schedule(compiled.schedule()));
    }
    return Json.withNulls(line);
  }

  /// `{"timing", "dt_ns", "start_dt"}`, the last one with a number for each line of the circuit.
  private static JsonObject schedule(Schedule schedule) {
    JsonArray starts = new JsonArray();
    for (int i = 0; i < schedule.size(); i++) {
      starts.add(schedule.start(i));
    }
    JsonObject object = new JsonObject();
    object.addProperty("timing", schedule.timing().word());
    object.addProperty("dt_ns", schedule.tickNanos());
    object.add("start_dt", starts);
    return object;
  }

  /// `{"equivalent": true | false | null, "method"}`, and `bindings` where inputs are open.
  static JsonObject certificate(Certificate certificate) {
    JsonObject object = new JsonObject();
    certificate
        .equivalent()
        .ifPresentOrElse(
            same -> object.addProperty("equivalent", same),
            () -> object.add("equivalent", JsonNull.INSTANCE));
    object.addProperty("method", method(certificate));
    if (certificate.bindings() > 0) {
      object.addProperty("bindings", certificate.bindings());
    }
    return object;
  }

  private static String method(Certificate certificate) {
    return certificate.method().name().toLowerCase(Locale.ROOT);
  }

  private static JsonArray array(Indexes indexes) {
    JsonArray array = new JsonArray();
    for (int i = 0; i < indexes.size(); i++) {
      array.add(indexes.get(i));
    }
    return array;
  }
}

package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.ProblemKind;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.job.Progress;
import dev.reeve.job.Work;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Device;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmOptions;
import dev.reeve.quantum.qasm.QasmResult;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.NoiseModel;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import dev.reeve.quantum.simulator.SimulationResult;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// The executor of a simulated device: reads the OpenQASM program that is the payload, runs it, and
/// answers `{"counts":{..},"metadata":{..}}` in canonical form. The job's metadata says `shots`
/// (default 1024), `seed` (default a random one, which the result names), `noise_model` (default
/// that of the device) and `method` (default the one that suits, with the reason in the result).
/// Runs on the thread it is called on and stops within milliseconds of a cancel.
public final class QuantumTask implements BuiltInExecutor.Task {
  /// Parts of executing, as clients of quantum jobs name them.
  private static final String INITIALIZING = "QUANTUM_INITIALIZING";

  private static final String RUNNING = "QUANTUM_RUNNING";
  private static final long REPORT_INTERVAL_NANOS = Duration.ofMillis(100).toNanos();
  private static final String CONTENT_TYPE = "application/json";

  private final Device device;
  private final CircuitSimulator simulator;
  private final long memoryBytesMax;
  private final RandomGenerator random;
  private final MonotonicClock clock;
  private final DeviceRunTimes runTimes;

  /// @param memoryBytesMax most memory for the amplitudes of one run
  /// @param random draws seeds; safe on any thread
  /// @param runTimes hears how long each run took
  public QuantumTask(
      Device device,
      CircuitSimulator simulator,
      long memoryBytesMax,
      RandomGenerator random,
      MonotonicClock clock,
      DeviceRunTimes runTimes) {
    this.device = device;
    this.simulator = simulator;
    this.memoryBytesMax = memoryBytesMax;
    this.random = random;
    this.clock = clock;
    this.runTimes = runTimes;
  }

  @Override
  public BuiltInExecutor.Outcome execute(
      ExecutorSession.Assignment assignment, BuiltInExecutor.Run run) {
    long startNanos = clock.nanos();
    run.progress(new Progress(INITIALIZING, 0, "reading the program"));
    try {
      Work work = assignment.admission().spec().work();
      Circuit circuit = circuit(assignment.payload(), work, run);
      String target = work.attributes().getOrDefault("target", device.id());
      RunOptions options = options(target, work.metadata());
      CircuitSimulator.Choice choice = simulator.choose(circuit, method(work.metadata()), options);
      run.progress(new Progress(RUNNING, 0, choice.sentence()));
      SimulationResult result =
          simulator.run(circuit, choice, options, run::isCancelled, listener(run));
      runTimes.ran((clock.nanos() - startNanos) / 1_000);
      return new BuiltInExecutor.Outcome.Done(CONTENT_TYPE, document(target, choice, result));
    } catch (ProblemException e) {
      return failed(e.problem());
    }
  }

  private static Circuit circuit(Bytes program, Work work, BuiltInExecutor.Run run) {
    QasmOptions options =
        QasmOptions.DEFAULT.withVersion(work.attributes().getOrDefault("program_version", ""));
    QasmResult result = OpenQasm.parse(program.unsafeArray(), options, run::isCancelled);
    return switch (result) {
      case QasmResult.Parsed parsed -> parsed.circuit();
      case QasmResult.Rejected rejected -> throw rejected.problem().toException();
    };
  }

  /// The metadata as it was checked when the job was submitted; what cannot be read there any more
  /// is refused like a wrong program.
  private RunOptions options(String target, Map<String, String> metadata) {
    String shots = metadata.getOrDefault("shots", Integer.toString(RunOptions.SHOTS_DEFAULT));
    String seed = metadata.get("seed");
    String noise = metadata.getOrDefault("noise_model", NoisySimulators.model(target));
    return RunOptions.of(
            Math.min(parse("shots", shots).intValue(), device.shotsMax()),
            seed == null ? random.nextLong() : parse("seed", seed),
            memoryBytesMax)
        .withNoise(NoiseModel.parse("noise_model", noise));
  }

  private static SimulationMethod method(Map<String, String> metadata) {
    String word = metadata.getOrDefault("method", SimulationMethod.AUTO.word());
    return SimulationMethod.of(word)
        .orElseThrow(() ->
            QuantumProblems.SIMULATION_METHOD_UNSUITABLE
                .field("method", word, String.join(", ", SimulationMethod.words()))
                .toException());
  }

  private static Long parse(String field, String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw QuantumProblems.SIMULATION_SHOTS_INVALID.field(field, text, "an integer").toException();
    }
  }

  /// Tells the newest fraction at most ten times a second: short runs say nothing at all.
  private ProgressListener listener(BuiltInExecutor.Run run) {
    return new ProgressListener() {
      private long reportedNanos = clock.nanos();

      @Override
      public void progressed(double fraction) {
        long now = clock.nanos();
        if (now - reportedNanos >= REPORT_INTERVAL_NANOS) {
          reportedNanos = now;
          int done = Math.clamp(Math.round(fraction * Progress.WHOLE), 0, Progress.WHOLE);
          run.progress(new Progress(RUNNING, done, ""));
        }
      }
    };
  }

  /// A program with mistakes is one kind of failure, whatever the mistake; running it again cannot
  /// help.
  private static BuiltInExecutor.Outcome failed(Problem problem) {
    if (problem.kind() == ProblemKind.CANCELLED) {
      return new BuiltInExecutor.Outcome.Stopped();
    }
    String code = problem.reason().startsWith("QASM_") ? "VALIDATION_FAILED" : problem.reason();
    return new BuiltInExecutor.Outcome.Failed(code, problem.message(), false);
  }

  private static Bytes document(
      String target, CircuitSimulator.Choice choice, SimulationResult result) {
    CanonicalWriter out = new CanonicalWriter(1_024).beginObject().key("counts").beginObject();
    result.counts().forEach(out::member);
    out.endObject();
    Map<String, String> metadata = new TreeMap<>(result.metadata());
    metadata.put("backend", target);
    metadata.put("driver", "reeve.simulator");
    metadata.put("method_reason", choice.reason());
    return out.member("metadata", metadata).endObject().toBytes();
  }
}

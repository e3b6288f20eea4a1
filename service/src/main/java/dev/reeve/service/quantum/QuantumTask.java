package dev.reeve.service.quantum;

import dev.reeve.base.ProblemException;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.job.Progress;
import dev.reeve.job.Work;
import dev.reeve.quantum.Device;
import dev.reeve.quantum.hybrid.CircuitTemplate;
import dev.reeve.quantum.hybrid.HybridRunner;
import dev.reeve.quantum.hybrid.OpenProgram;
import dev.reeve.quantum.mitigation.MitigatedRun;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.DeviceRunTimes;
import dev.reeve.service.circuit.CompiledAqo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The executor of a simulated device: reads the program that is the payload, runs it, and answers
/// `{"counts":{..},"metadata":{..}}` in canonical form. What the job's metadata says, see
/// [QuantumSettings], comes before what the program says about its run. Runs on the thread it is
/// called on and stops within milliseconds of a cancel.
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
  private final Function<String, Optional<String>> noises;
  private final ShardHelpers helpers;
  private final ShardCounts shards = new ShardCounts();

  /// @param memoryBytesMax most memory for the amplitudes of one run
  /// @param random draws seeds; safe on any thread
  /// @param runTimes hears how long each run took
  /// @param noises of the figures of the device that a noisy simulator is called after, by its id
  /// @param helpers run shards elsewhere
  public QuantumTask(
      Device device,
      CircuitSimulator simulator,
      long memoryBytesMax,
      RandomGenerator random,
      MonotonicClock clock,
      DeviceRunTimes runTimes,
      Function<String, Optional<String>> noises,
      ShardHelpers helpers) {
    this.device = device;
    this.simulator = simulator;
    this.memoryBytesMax = memoryBytesMax;
    this.random = random;
    this.clock = clock;
    this.runTimes = runTimes;
    this.noises = noises;
    this.helpers = helpers;
  }

  /// What became of shards since the start, by the names of their metrics.
  public Map<String, Long> shardCounts() {
    return shards.all();
  }

  @Override
  public BuiltInExecutor.Outcome execute(
      ExecutorSession.Assignment assignment, BuiltInExecutor.Run run) {
    long startNanos = clock.nanos();
    run.progress(new Progress(INITIALIZING, 0, "reading the program"));
    try {
      Work work = assignment.admission().spec().work();
      OpenProgram program = QuantumPrograms.read(assignment.payload(), work, run::isCancelled);
      QuantumSettings settings =
          new QuantumSettings(work, program.settings(), device.id(), memoryBytesMax, noises);
      long seed = settings.seed().orElseGet(random::nextLong);
      QuantumResult result = new QuantumResult(settings.target());
      Optional<ShardedJob> sharded =
          settings
              .distributed()
              .map(split ->
                  new ShardedJob(
                      simulator, split, helpers, shards, assignment.job(), settings.target()));
      HybridRunner runner = new HybridRunner(simulator, lastRun(settings, sharded));
      List<SortedMap<String, String>> rows = settings.rows();
      for (int row = 0; row < rows.size(); row++) {
        OpenProgram.Bound bound = settings.bound(program, rows.get(row), run::isCancelled);
        RunOptions options = settings.options(device.shotsMax(), seed + row);
        HybridRunner.Request request =
            new HybridRunner.Request(bound.program(), bound.values(), settings.method(), options);
        result.add(
            rows.get(row),
            runner.run(request, run::isCancelled, new Listener(run, row, rows.size())));
        if (row == 0) {
          CircuitTemplate ran = bound.program().template();
          boolean settled = ran.parameters().isEmpty() && rows.getFirst().isEmpty();
          result.addFacts(CompiledAqo.facts(work, ran.circuit(), settled));
        }
      }
      sharded.ifPresent(split -> result.addFacts(split.facts()));
      runTimes.ran((clock.nanos() - startNanos) / 1_000);
      return new BuiltInExecutor.Outcome.Done(CONTENT_TYPE, result.document());
    } catch (ProblemException e) {
      return ProgramFailures.of(e.problem());
    }
  }

  private HybridRunner.LastRun lastRun(QuantumSettings settings, Optional<ShardedJob> sharded) {
    HybridRunner.LastRun run =
        sharded.<HybridRunner.LastRun>map(split -> split).orElse(simulator::run);
    return settings
        .mitigation()
        .<HybridRunner.LastRun>map(source -> new MitigatedRun(run, simulator::run, source))
        .orElse(run);
  }

  /// Tells the newest fraction at most ten times a second: short runs say nothing but their method.
  private final class Listener implements HybridRunner.Listener {
    private final BuiltInExecutor.Run run;
    private final int row;
    private final int rows;
    private long reportedNanos = clock.nanos();

    Listener(BuiltInExecutor.Run run, int row, int rows) {
      this.run = run;
      this.row = row;
      this.rows = rows;
    }

    @Override
    public void chosen(CircuitSimulator.Choice choice) {
      if (row == 0) {
        run.progress(new Progress(RUNNING, 0, choice.sentence()));
      }
    }

    @Override
    public void iterated(int iteration, int iterationsMax, double best) {
      report(
          (double) iteration / iterationsMax,
          "iteration %d of at most %d, best value %.6f".formatted(iteration, iterationsMax, best));
    }

    @Override
    public void progressed(double fraction) {
      report(fraction, "");
    }

    private void report(double fraction, String message) {
      long now = clock.nanos();
      if (now - reportedNanos >= REPORT_INTERVAL_NANOS) {
        reportedNanos = now;
        double whole = (row + fraction) / rows;
        int done = Math.clamp(Math.round(whole * Progress.WHOLE), 0, Progress.WHOLE);
        run.progress(new Progress(RUNNING, done, message));
      }
    }
  }
}

package dev.reeve.service.driver;

import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.ProblemException;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.job.Progress;
import dev.reeve.job.Work;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.service.BuiltInExecutor;
import dev.reeve.service.DeviceRunTimes;
import dev.reeve.service.decider.CircuitBreaker.Pass;
import dev.reeve.service.quantum.ProgramFailures;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs jobs on the device of a driver: reads the program, compiles it for the device, asks the
/// driver once, checks the counts. Blocks; stops within 20 ms of a cancel.
///
/// An attempt that the driver did not answer fails with the code of its status. When another one
/// may go better the job is tried again by its own retry policy, and says so: each attempt has its
/// number, in the events, in the result and in the options that the driver sees.
public final class DriverTask implements BuiltInExecutor.Task {
  private static final String INITIALIZING = "QUANTUM_INITIALIZING";
  private static final String RUNNING = "QUANTUM_RUNNING";
  private static final String CONTENT_TYPE = "application/json";
  private static final long CANCEL_LOOK_MS = 20;

  /// Facts of a job that are the driver's to read.
  private static final Set<String> OPTIONS = Set.of("seed", "provider_profile", "noise_model");

  private final DriverDevice device;
  private final Duration timeout;
  private final DeviceRunTimes runTimes;

  /// @param timeout of one run
  /// @param runTimes hears how long each run took
  public DriverTask(DriverDevice device, Duration timeout, DeviceRunTimes runTimes) {
    this.device = device;
    this.timeout = timeout;
    this.runTimes = runTimes;
  }

  @Override
  public boolean takesMore() {
    return device.takesJobs();
  }

  @Override
  public BuiltInExecutor.Outcome execute(
      ExecutorSession.Assignment assignment, BuiltInExecutor.Run run) {
    run.progress(new Progress(INITIALIZING, 0, "compiling for " + device.id()));
    try {
      Work work = assignment.admission().spec().work();
      DriverProgram program =
          DriverProgram.of(assignment.payload(), work, device, run::isCancelled);
      Map<String, String> options = new TreeMap<>();
      work.metadata()
          .forEach((name, value) -> {
            if (OPTIONS.contains(name)) {
              options.put(name, value);
            }
          });
      options.put("attempt", Integer.toString(assignment.job().attempts()));
      Optional<Pass> entered = device.enter();
      if (entered.isEmpty()) {
        return failed(
            new DriverException(DriverException.Kind.UNAVAILABLE, "the driver is left alone"));
      }
      run.progress(new Progress(RUNNING, 0, "running on " + device.id()));
      DriverRun asked =
          new DriverRun(
              assignment.job().key().jobId(),
              device.remoteId(),
              program.text(),
              program.shots(),
              options);
      try (Pass pass = entered.get()) {
        return ran(pass, asked, program, run);
      }
    } catch (ProblemException e) {
      return ProgramFailures.of(e.problem());
    }
  }

  private BuiltInExecutor.Outcome ran(
      Pass pass, DriverRun asked, DriverProgram program, BuiltInExecutor.Run run) {
    CompletableFuture<DriverCounts> answer = device.port().execute(asked, timeout);
    try {
      while (true) {
        try {
          DriverCounts counts = answer.get(CANCEL_LOOK_MS, TimeUnit.MILLISECONDS);
          return counted(pass, counts, asked, program, run::isCancelled);
        } catch (TimeoutException e) {
          if (run.isCancelled()) {
            answer.cancel(true);
            return new BuiltInExecutor.Outcome.Stopped();
          }
        }
      }
    } catch (ExecutionException e) {
      DriverException failure =
          e.getCause() instanceof DriverException known
              ? known
              : new DriverException(DriverException.Kind.INTERNAL, "the call could not be made");
      device.failed(pass, failure);
      return failed(failure);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new BuiltInExecutor.Outcome.Stopped();
    }
  }

  private BuiltInExecutor.Outcome counted(
      Pass pass, DriverCounts counts, DriverRun asked, DriverProgram program, CancelSignal cancel) {
    device.answered(pass);
    String trouble = counts.trouble(asked.shots(), program.bits());
    if (!trouble.isEmpty()) {
      return failed(
          new DriverException(DriverException.Kind.INTERNAL, "the driver answered " + trouble));
    }
    runTimes.ran(Math.round(Math.max(0, counts.seconds()) * 1e6));
    CanonicalWriter out = new CanonicalWriter(1_024).beginObject().key("counts").beginObject();
    counts
        .counts()
        .forEach((outcome, count) -> {
          if (count > 0) {
            out.member(outcome, count);
          }
        });
    out.endObject();
    Map<String, String> metadata = new TreeMap<>(counts.metadata());
    metadata.putAll(program.facts());
    program.mitigation().ifPresent(how -> metadata.putAll(how.facts(counts.counts(), cancel)));
    metadata.put("attempt", asked.options().getOrDefault("attempt", "1"));
    metadata.put("backend", device.id());
    metadata.put("bitstring_order", "msb_first_by_classical_index");
    metadata.putIfAbsent("driver", device.port().address());
    metadata.put(
        "execution_time_sec", String.format(Locale.ROOT, "%.6f", Math.max(0, counts.seconds())));
    metadata.put("shots", Integer.toString(asked.shots()));
    return new BuiltInExecutor.Outcome.Done(
        CONTENT_TYPE, out.member("metadata", metadata).endObject().toBytes());
  }

  private static BuiltInExecutor.Outcome failed(DriverException failure) {
    return new BuiltInExecutor.Outcome.Failed(
        failure.code(), String.valueOf(failure.getMessage()), failure.isRetryable());
  }
}

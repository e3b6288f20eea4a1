package dev.reeve.service.optimizer;

import dev.reeve.engine.MonotonicClock;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.compiler.DeviceModels;
import dev.reeve.service.ServiceProblems;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/// Maps circuits for callers. Safe on any thread; never blocks: the work is done on the executor,
/// and the futures complete there.
public final class MappingDesk {
  private final Executor executor;
  private final Function<String, Optional<DeviceModel>> models;
  private final MonotonicClock clock;

  /// A desk that knows the graphs of [DeviceModels].
  ///
  /// @param executor computes; one that is full refuses with [RejectedExecutionException]
  public MappingDesk(Executor executor, MonotonicClock clock) {
    this(executor, DeviceModels::of, clock);
  }

  /// @param models devices by name
  public MappingDesk(
      Executor executor, Function<String, Optional<DeviceModel>> models, MonotonicClock clock) {
    this.models = models;
    this.executor = executor;
    this.clock = clock;
  }

  /// Candidates for a request, the best first. The time of a request counts from when its turn
  /// comes.
  ///
  /// Fails with `OPTIMIZER_BACKEND_UNSUPPORTED`, `AQO_PARAMETER_UNBOUND`, `AQO_LIMIT_EXCEEDED`,
  /// `CIRCUIT_TOO_LONG`, `CIRCUIT_TOO_WIDE`, `CIRCUIT_NOT_COMPILABLE`, `COMPILER_BUSY`,
  /// `QUANTUM_CANCELLED`.
  ///
  /// @param cancel whether the caller is gone
  public CompletableFuture<MappingAnswer> map(MappingRequest request, CancelSignal cancel) {
    try {
      return CompletableFuture.supplyAsync(
          () -> new MappingSearch(request, models, clock, cancel).run(), executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          ServiceProblems.COMPILER_BUSY
              .because("circuits wait to be compiled already (expected: a moment later)")
              .toException());
    }
  }
}

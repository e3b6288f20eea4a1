package dev.reeve.service.circuit;

import dev.reeve.base.ProblemException;
import dev.reeve.engine.MonotonicClock;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.service.ServiceProblems;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/// Where circuits of callers are compiled, and for how long. Small compiles have threads of their
/// own, so that they never wait for large ones. Safe on any thread; never blocks.
///
/// @param small computes what takes up to about a second; one that is full refuses with
///   [RejectedExecutionException]
/// @param large computes the rest, and refuses likewise
/// @param timeMax longest that one may compute once its turn has come
/// @param clock to measure that
public record CompileLanes(Executor small, Executor large, Duration timeMax, MonotonicClock clock) {
  /// All on one executor, however long it takes.
  public static CompileLanes unbounded(Executor executor) {
    return new CompileLanes(executor, executor, Duration.ZERO, () -> 0);
  }

  /// Does something small.
  ///
  /// Fails with `COMPILER_BUSY`, `COMPILE_TIMED_OUT`, and as the work does.
  ///
  /// @param cancel whether the caller is gone
  /// @param work given what says that it should end
  <T> CompletableFuture<T> small(CancelSignal cancel, Function<CancelSignal, T> work) {
    return compute(small, cancel, work);
  }

  /// The same with something large.
  <T> CompletableFuture<T> large(CancelSignal cancel, Function<CancelSignal, T> work) {
    return compute(large, cancel, work);
  }

  private <T> CompletableFuture<T> compute(
      Executor executor, CancelSignal cancel, Function<CancelSignal, T> work) {
    try {
      return CompletableFuture.supplyAsync(() -> timed(cancel, work), executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          ServiceProblems.COMPILER_BUSY
              .because("circuits wait to be compiled already (expected: a moment later)")
              .toException());
    }
  }

  private <T> T timed(CancelSignal cancel, Function<CancelSignal, T> work) {
    long end = clock.nanos() + timeMax.toNanos();
    try {
      return work.apply(() -> cancel.isCancelled() || clock.nanos() - end > 0);
    } catch (ProblemException e) {
      if (!e.problem().code().equals(QuantumProblems.QUANTUM_CANCELLED) || cancel.isCancelled()) {
        throw e;
      }
      throw ServiceProblems.COMPILE_TIMED_OUT
          .because(
              "the compile was given up after %d ms (expected: a smaller circuit or device, or a"
                      .formatted(timeMax.toMillis())
                  + " lower options.optimization_level)")
          .toException();
    }
  }
}

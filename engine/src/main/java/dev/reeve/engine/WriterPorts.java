package dev.reeve.engine;

import dev.reeve.engine.port.JobLog;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// What the writer is given from outside.
///
/// @param log the durable log it owns
/// @param clock wall time
/// @param monotonic time for leases and rates
/// @param random draws for jitter
/// @param delivery runs answers and assignments in the order given; one thread, never the writer's
/// @param loading runs what must read the store before it can deliver; may run in parallel
/// @param generation the current generation of rules, raised by every change of them
public record WriterPorts(
    JobLog log,
    InstantSource clock,
    MonotonicClock monotonic,
    RandomGenerator random,
    Executor delivery,
    Executor loading,
    Generation generation) {
  /// Counts changes of rules, consent and limits.
  @FunctionalInterface
  public interface Generation {
    long current();

    /// Id of the genome in force, which goes into every receipt; empty when there is none.
    default String genome() {
      return "";
    }
  }
}

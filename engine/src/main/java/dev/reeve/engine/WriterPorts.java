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

    /// Whether somebody asks policy about jobs again after a change. Without, a job keeps the
    /// answer that it was admitted with.
    default boolean asksAgain() {
      return false;
    }

    /// A job could start, and policy must be asked about it first: [LogCommand.Judge] answers.
    /// Called on a delivery thread; must not block.
    default void askAgain(long jobNo) {}

    /// Why no job starts now, in words; empty when jobs may start. Asked for each group, so from
    /// memory.
    default String holdsBack() {
      return "";
    }
  }
}

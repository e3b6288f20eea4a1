package dev.reeve.engine;

import dev.reeve.base.Bytes;
import dev.reeve.job.Admission;
import dev.reeve.job.DispatchId;
import dev.reeve.job.Job;
import dev.reeve.job.JobState;

/// Somebody who executes jobs: a simulator device, a provider, a worker on a stream. One contract
/// for all; the built-in ones get no shortcut.
///
/// Credit rule: an executor receives at most as many assignments as it was granted credit for; each
/// assignment uses one, and it grants again when it has room.
public interface ExecutorSession {
  /// Prefix of the ids of executors inside this process. Their attempts cannot outlive it.
  String BUILT_IN = "builtin:";

  /// Stands for no attempt: a cancel of it means that another session took the worker's id over.
  DispatchId NO_DISPATCH = new DispatchId(0, 0, 0);

  /// Stable id of the executor, also after it reconnects.
  String workerId();

  /// Takes a job. Called after the commit that dispatched it, on a delivery thread; must not block.
  void assign(Assignment assignment);

  /// The attempt is over for us: stop it, its report would be fenced.
  ///
  /// @param reason the terminal state's name, or why it was taken away
  void cancel(DispatchId dispatch, String reason);

  /// As [#cancel], for a job that somebody gave up.
  default void givenUp(DispatchId dispatch, JobState.Cancelled why) {
    cancel(dispatch, why.name().name());
  }

  /// Whether it can be handed jobs now, apart from its credit. One that says no wakes the writer
  /// when it can again. Called on the writer's thread; must not block.
  default boolean takesMore() {
    return true;
  }

  /// Whether it goes on with every attempt in its hands when it attaches again, without naming
  /// them.
  default boolean keepsAttempts() {
    return false;
  }

  /// Which jobs of its routes it takes. The same for as long as it is attached.
  default Offer offer() {
    return Offer.ANYTHING;
  }

  /// Whether [#load] says something. The same for as long as it is attached.
  default boolean measuresLoad() {
    return false;
  }

  /// How busy it is apart from the jobs that it got from us: 1 weighs as much as a job. Called on
  /// the writer's thread; must not block.
  default double load() {
    return 0;
  }

  /// Credit that it granted did not reach the writer, which could not take the command.
  default void notGranted(int credit) {}

  default boolean isBuiltIn() {
    return workerId().startsWith(BUILT_IN);
  }

  /// A job for an executor.
  ///
  /// @param dispatch identity of the attempt
  /// @param job the job as it was handed over
  /// @param admission what was submitted
  /// @param payload input bytes
  record Assignment(DispatchId dispatch, Job job, Admission admission, Bytes payload) {}
}

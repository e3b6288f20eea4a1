package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.engine.Offer;
import dev.reeve.job.DispatchId;
import dev.reeve.job.JobState;
import java.util.List;

/// The way back to a connected worker. Methods may be called on any thread, one at a time per
/// worker, and must not block.
public interface WorkerChannel {
  /// The answer to the registration; comes before everything else.
  ///
  /// @param kept attempts of an earlier connection that are still its own
  void registered(List<DispatchId> kept);

  void assign(ExecutorSession.Assignment assignment);

  /// Whether the worker reads what it is sent. While it does not, its credit is worth nothing: what
  /// waits for it would fill our memory.
  boolean takesMore();

  /// Which jobs of its topics the worker takes. The same for as long as it is registered.
  Offer offer();

  /// Whether the worker goes on with every attempt in its hands when it registers again, because
  /// its protocol has no way to name them.
  default boolean keepsAttempts() {
    return false;
  }

  /// Whether [#load] says something.
  default boolean measuresLoad() {
    return false;
  }

  /// How busy the worker's machine is: 1 weighs as much as a job. From memory.
  default double load() {
    return 0;
  }

  /// Stop this attempt; a report would be fenced.
  void cancel(DispatchId dispatch, String reason);

  /// Stop this attempt: somebody gave its job up.
  default void givenUp(DispatchId dispatch, JobState.Cancelled why) {
    cancel(dispatch, why.name().name());
  }

  /// What became of a final report.
  void acknowledge(DispatchId dispatch, boolean accepted);

  /// A registration or a report could not be taken now. The connection must end, so that the worker
  /// comes back and repeats it.
  void refused(Problem problem);

  /// Another connection of the same worker id took over; nothing follows.
  void replaced();
}

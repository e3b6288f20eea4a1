package dev.reeve.service;

import dev.reeve.base.Problem;
import dev.reeve.engine.ExecutorSession;
import dev.reeve.job.DispatchId;
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

  /// Stop this attempt; a report would be fenced.
  void cancel(DispatchId dispatch, String reason);

  /// What became of a final report.
  void acknowledge(DispatchId dispatch, boolean accepted);

  /// A registration or a report could not be taken now. The connection must end, so that the worker
  /// comes back and repeats it.
  void refused(Problem problem);

  /// Another connection of the same worker id took over; nothing follows.
  void replaced();
}

package dev.reeve.cli.worker;

import java.time.Duration;

/// Learns what a worker does. Called on the worker's own thread; must not block.
public interface WorkerListener {
  /// The server knows the worker now.
  default void connected(String sessionId) {}

  /// The connection is gone; the next attempt comes after the wait.
  default void disconnected(String reason, Duration wait) {}

  /// A command was started for a job.
  default void started(String jobId, int attempt) {}

  /// The command is over.
  ///
  /// @param outcome how, in a few words
  default void ended(String jobId, int attempt, String outcome, Duration took) {}

  /// The server no longer wants what was or is run.
  default void dropped(String jobId, String reason) {}

  /// The server sends no more work on this connection.
  default void draining(String reason) {}

  /// The worker takes no more work and waits for its open runs.
  default void stopping(int openRuns) {}
}

package dev.reeve.gateway.cap;

import dev.reeve.engine.ExecutorSession;
import dev.reeve.service.WorkerDesk;
import dev.reeve.service.WorkerPools;
import dev.reeve.wire.cordum.agent.v1.JobCancel;

/// What a worker needs of its surroundings. Safe on any thread; nothing blocks.
interface CapPorts {
  WorkerDesk desk();

  WorkerPools pools();

  /// Whether a worker serves only topics for which its handshake says that it is ready.
  boolean readinessRequired();

  /// Whether messages go through.
  boolean isConnected();

  /// Connections of the bus so far: a worker that was heard on another one may not hear us yet.
  long connects();

  /// Workers may take jobs again that took none.
  void wake();

  /// Sends the job to the worker; hands it back when that fails.
  void send(CapWorker worker, ExecutorSession.Assignment assignment);

  /// Tells workers to stop.
  void cancel(JobCancel cancel);

  /// A report of an end was settled.
  ///
  /// @param accepted whether it changed the job
  void counted(boolean accepted);
}

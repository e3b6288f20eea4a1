package dev.reeve.cli.worker;

import dev.reeve.wire.reeve.v1.ConnectResponse;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/// What a worker's thread reacts to.
sealed interface WorkerSignal {
  /// A message came in.
  record Received(WorkerStream stream, ConnectResponse message) implements WorkerSignal {}

  /// The conversation is over.
  ///
  /// @param thrown empty when the server ended it in order
  record Closed(WorkerStream stream, Optional<StatusRuntimeException> thrown)
      implements WorkerSignal {}

  /// A run made progress; the newest is kept with the run.
  record Progressed(String dispatchId) implements WorkerSignal {}

  /// A run is over.
  record Ended(String dispatchId, RunOutcome outcome) implements WorkerSignal {}

  /// The worker is to end.
  record StopRequested() implements WorkerSignal {}
}

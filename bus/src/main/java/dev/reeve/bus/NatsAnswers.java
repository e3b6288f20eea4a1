package dev.reeve.bus;

import io.nats.client.JetStreamStatusException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/// Why no answer came.
enum NatsAnswers {
  NO_RESPONDERS,
  TIMEOUT,
  LOST;

  /// Tells the failures of the client's requests apart.
  static NatsAnswers of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case JetStreamStatusException _ -> NO_RESPONDERS;
      case TimeoutException _ -> TIMEOUT;
      case CancellationException _ -> LOST;
      default -> LOST;
    };
  }
}

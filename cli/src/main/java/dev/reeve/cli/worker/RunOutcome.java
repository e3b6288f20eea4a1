package dev.reeve.cli.worker;

import com.google.protobuf.ByteString;

/// How a run ended.
sealed interface RunOutcome {
  /// Exit code 0.
  record Succeeded(ByteString result) implements RunOutcome {}

  /// Anything that is reported as a failure.
  ///
  /// @param code stable UPPER_SNAKE
  /// @param retryable whether the command asked for another attempt
  record Failed(String code, String message, boolean retryable) implements RunOutcome {}

  /// Stopped because nobody wants it any more; nothing is reported.
  record Dropped() implements RunOutcome {}

  /// For the listener.
  default String words() {
    return switch (this) {
      case Succeeded succeeded -> "succeeded, " + succeeded.result().size() + " bytes";
      case Failed failed -> failed.code() + (failed.retryable() ? ", may be tried again" : "");
      case Dropped _ -> "stopped";
    };
  }
}

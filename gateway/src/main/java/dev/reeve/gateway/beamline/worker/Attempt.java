package dev.reeve.gateway.beamline.worker;

import dev.reeve.base.Bytes;
import dev.reeve.job.JobCommand;
import java.util.Locale;

/// What a result means for an attempt of a job of ours.
sealed interface Attempt {
  /// It made something.
  record Completed(String contentType, Bytes bytes) implements Attempt {}

  /// It did not.
  ///
  /// @param ending of the job, when there is no other attempt
  /// @param code UPPER_SNAKE
  record Failed(JobCommand.Ending ending, String code, String message, boolean retryable)
      implements Attempt {}

  /// Longest message that is kept.
  int MESSAGE_LENGTH_MAX = 1_024;

  /// Longest code that is kept.
  int CODE_LENGTH_MAX = 64;

  static Attempt of(WorkerResult result) {
    return switch (result.status()) {
      case SUCCESS ->
          result
              .output()
              .<Attempt>map(output -> new Completed(output.contentType(), output.bytes()))
              .orElseGet(() -> new Completed("application/json", Bytes.utf8("{}")));
      case ERROR -> {
        String code = code(result.errorCode());
        yield new Failed(
            JobCommand.Ending.FAILED,
            code,
            message(result),
            ExecErrorCode.mayGoBetter(result.errorCode()));
      }
      case TIMEOUT -> new Failed(JobCommand.Ending.TIMED_OUT, "TIMEOUT", message(result), true);
      case CANCELLED ->
          new Failed(
              JobCommand.Ending.CANCELLED,
              result.errorCode().isEmpty()
                  ? ExecErrorCode.CANCELLED_BY_USER.name()
                  : code(result.errorCode()),
              message(result),
              false);
    };
  }

  private static String message(WorkerResult result) {
    String text = result.errorMessage();
    if (text.isEmpty()) {
      return "the worker reports " + result.status().wire();
    }
    if (text.length() <= MESSAGE_LENGTH_MAX) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MESSAGE_LENGTH_MAX - 1)) ? 1 : 0;
    return text.substring(0, MESSAGE_LENGTH_MAX - end);
  }

  /// A worker's word as a code: upper case, and `_` for what cannot stand in one.
  private static String code(String word) {
    StringBuilder out = new StringBuilder();
    String upper = word.toUpperCase(Locale.ROOT);
    for (int i = 0; i < upper.length() && out.length() < CODE_LENGTH_MAX; i++) {
      char c = upper.charAt(i);
      boolean plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      out.append(plain ? c : '_');
    }
    if (out.isEmpty()) {
      return ExecErrorCode.UNKNOWN;
    }
    return out.charAt(0) >= 'A' && out.charAt(0) <= 'Z' ? out.toString() : "HTTP_" + out;
  }
}

package dev.reeve.conformance.fuzz;

/// How a call ended.
///
/// @param code name of the gRPC status; `HTTP_` and the number over HTTP, `NONE` without an answer
/// @param words what the server said
record Outcome(String code, String words) {
  private static final int WORDS_MAX = 300;

  Outcome {
    words = words.length() > WORDS_MAX ? words.substring(0, WORDS_MAX) : words;
  }

  boolean isOk() {
    return code.equals("OK") || code.equals("HTTP_200");
  }

  /// Whether it is something that no message may bring about: a defect that shows, or silence.
  boolean isDefect() {
    return switch (code) {
      case "UNKNOWN", "INTERNAL", "DATA_LOSS", "DEADLINE_EXCEEDED", "NONE", "HTTP_500" -> true;
      default -> false;
    };
  }
}

package dev.reeve.base;

import java.util.Objects;

/// A stable, documented reason for a refusal. Declared once, in the `XxxProblems` file of its
/// module; never renamed and never reused for another meaning.
///
/// @param kind what sort of refusal it is
/// @param reason UPPER_SNAKE name that clients may switch on
/// @param meaning one sentence for the generated reference page
public record ProblemCode(ProblemKind kind, String reason, String meaning) {
  public ProblemCode {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(meaning, "meaning");
    Check.argument(
        isUpperSnake(reason), "reason: %s (expected: UPPER_SNAKE without leading digit)", reason);
  }

  private static boolean isUpperSnake(String text) {
    if (text.isEmpty() || text.charAt(0) < 'A' || text.charAt(0) > 'Z') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '_') {
        return false;
      }
    }
    return true;
  }

  /// A problem with this code, a message that may be shown to the caller, and nothing else.
  public Problem because(String message) {
    return Problem.of(this, message);
  }

  /// A problem about one field of the request. Message shape: `field: value (expected: ...)`.
  public Problem field(String field, String value, String expected) {
    return Problem.of(
            this, field + ": " + Text.quoteForMessage(value) + " (expected: " + expected + ")")
        .withField(field, "expected: " + expected);
  }
}

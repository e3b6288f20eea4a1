package dev.reeve.quantum.qasm;

import java.util.Objects;

/// One reason why a program was refused, and where.
///
/// @param kind what sort of reason
/// @param file name of the source
/// @param line from 1
/// @param column from 1, in characters
/// @param message what is wrong
/// @param hint what to write instead; empty when there is nothing to say
/// @param sourceLine the line itself, cut at 200 characters
public record QasmDiagnostic(
    Kind kind, String file, int line, int column, String message, String hint, String sourceLine) {
  /// Sorts of refusal.
  public enum Kind {
    /// The program breaks a rule of the language.
    INVALID,
    /// The language has it, this front end does not.
    UNSUPPORTED,
    /// A bound was passed.
    LIMIT
  }

  public QasmDiagnostic {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(hint, "hint");
    Objects.requireNonNull(sourceLine, "sourceLine");
  }

  /// `file:line:column: message`, with the hint in parentheses.
  public String oneLine() {
    String place = file + ":" + line + ":" + column + ": " + message;
    return hint.isEmpty() ? place : place + " (" + hint + ")";
  }

  /// Several lines for people: the message, the source line, a caret under the column, the hint.
  public String render() {
    StringBuilder text = new StringBuilder();
    text.append(file).append(':').append(line).append(':').append(column).append(": ");
    text.append(message).append('\n');
    text.append("  ").append(sourceLine).append('\n');
    text.append("  ").append(" ".repeat(Math.max(0, column - 1))).append("^\n");
    if (!hint.isEmpty()) {
      text.append("  hint: ").append(hint).append('\n');
    }
    return text.toString();
  }
}

package dev.reeve.quantum.aqo;

import java.util.Objects;

/// One reason why a document was refused, and where.
///
/// @param kind what sort of reason
/// @param path of the member at fault, as `operations[3].q`; empty for the document
/// @param message what is wrong with it
/// @param line of the value or the operation around it, from 1
/// @param column from 1
public record AqoFinding(Kind kind, String path, String message, int line, int column) {
  /// Sorts of refusal.
  public enum Kind {
    /// The document breaks a rule of the format.
    INVALID,
    /// The document is of a version that is not read.
    VERSION,
    /// A bound was passed.
    LIMIT
  }

  public AqoFinding {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(message, "message");
  }

  /// `path: message`.
  public String oneLine() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}

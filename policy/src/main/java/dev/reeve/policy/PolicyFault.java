package dev.reeve.policy;

import dev.reeve.base.Check;

/// Something in a policy file that is wrong, or in a loaded one that deserves a look.
///
/// @param source name of the file; empty when there is only one
/// @param line where, from 1
/// @param column where in the line, from 1
/// @param path the key, such as `rules[0].match.topics`; empty for the file as a whole
/// @param message what is there and what was expected
public record PolicyFault(String source, int line, int column, String path, String message) {
  public PolicyFault {
    Check.argument(line >= 1 && column >= 1, "place: %s:%s (expected: from 1:1)", line, column);
  }

  /// A fault of the only file.
  public PolicyFault(int line, int column, String path, String message) {
    this("", line, column, path, message);
  }

  /// The same fault in a named file.
  PolicyFault in(String name) {
    return new PolicyFault(name, line, column, path, message);
  }

  @Override
  public String toString() {
    String what = path.isEmpty() ? message : path + ": " + message;
    String where = source.isEmpty() ? "" : source + ": ";
    return where + "line " + line + ", column " + column + ": " + what;
  }
}

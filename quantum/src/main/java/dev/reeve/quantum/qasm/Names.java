package dev.reeve.quantum.qasm;

import dev.reeve.base.Text;

/// Says what a misspelt name may have meant.
final class Names {
  /// Below this length everything is near to everything.
  private static final int LENGTH_MIN = 3;

  private Names() {}

  static String hint(String name, Iterable<String> known) {
    if (name.length() < LENGTH_MIN) {
      return "";
    }
    String nearest = Text.nearest(name, known);
    return nearest.isEmpty() ? "" : "did you mean \"" + nearest + "\"?";
  }

  /// What to say of a word of version 3 in a program of version 2; empty for any other.
  static String laterHint(String name) {
    return TokenKind.ofWord(name, QasmVersion.V3) == TokenKind.IDENTIFIER
        ? ""
        : "\"" + name + "\" belongs to OpenQASM 3: begin with OPENQASM 3.0;";
  }
}

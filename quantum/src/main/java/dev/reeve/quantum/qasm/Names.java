package dev.reeve.quantum.qasm;

import dev.reeve.base.Text;

/// Says what a misspelt name may have meant.
final class Names {
  private Names() {}

  static String hint(String name, Iterable<String> known) {
    String nearest = Text.nearest(name, known);
    return nearest.isEmpty() ? "" : "did you mean \"" + nearest + "\"?";
  }
}

package dev.reeve.quantum.compiler;

import dev.reeve.quantum.Gate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Flips that a qubit is given while it waits, so that what turns it slowly turns it back again.
/// Together they do nothing.
public enum Decoupling {
  /// Two flips: against turns about Z.
  XX,
  /// Four flips about two axes: against turns about any.
  XY4;

  List<Gate> flips() {
    return switch (this) {
      case XX -> List.of(Gate.X, Gate.X);
      case XY4 -> List.of(Gate.X, Gate.Y, Gate.X, Gate.Y);
    };
  }

  /// Its name in options.
  public String word() {
    return name();
  }

  /// All names, for refusals.
  public static String words() {
    return Arrays.stream(values()).map(Decoupling::word).collect(Collectors.joining(", "));
  }

  /// The sequence of this name.
  public static Optional<Decoupling> of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}

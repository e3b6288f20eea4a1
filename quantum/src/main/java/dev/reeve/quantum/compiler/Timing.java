package dev.reeve.quantum.compiler;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// When operations begin that may begin at several times.
public enum Timing {
  /// As soon as the qubits are free.
  ASAP,
  /// As late as what comes after allows: qubits stay in their zero state for longer.
  ALAP;

  /// Its name in options.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// All names, for refusals.
  public static String words() {
    return Arrays.stream(values()).map(Timing::word).collect(Collectors.joining(", "));
  }

  /// The timing of this name.
  public static Optional<Timing> of(String word) {
    return Arrays.stream(values()).filter(timing -> timing.word().equals(word)).findFirst();
  }
}

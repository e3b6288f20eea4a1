package dev.reeve.quantum.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How exactly the amplitudes of a state vector are kept; other methods always take doubles and
/// refuse floats that were asked for.
public enum Precision {
  /// Doubles, and floats where only these fit into the memory.
  AUTO,
  /// 16 bytes an amplitude.
  DOUBLE,
  /// 8 bytes an amplitude, and about seven digits.
  SINGLE;

  /// Its name in commands and results.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The precision of this name.
  public static Optional<Precision> of(String word) {
    return Arrays.stream(values()).filter(precision -> precision.word().equals(word)).findFirst();
  }

  /// The names of all.
  public static List<String> words() {
    return Arrays.stream(values()).map(Precision::word).toList();
  }
}

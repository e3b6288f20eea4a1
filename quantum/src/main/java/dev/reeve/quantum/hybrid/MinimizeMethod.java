package dev.reeve.quantum.hybrid;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Ways to look for the values that make a number smallest.
public enum MinimizeMethod {
  /// A linear model within a trust region; few evaluations, no gradient.
  COBYLA,
  /// A simplex that crawls downhill; no gradient.
  NELDER_MEAD,
  /// Random directions, two evaluations a step; for values that scatter.
  SPSA,
  /// Gradient descent, exact for angles of rotations, two evaluations for each parameter a step.
  GRADIENT;

  /// Its name in programs and results.
  public String word() {
    return name();
  }

  /// The method of this name; capitals, hyphens and blanks do not matter.
  public static Optional<MinimizeMethod> of(String word) {
    String plain = word.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    return switch (plain) {
      case "NELDERMEAD" -> Optional.of(NELDER_MEAD);
      case "GRADIENT_DESCENT", "PARAMETER_SHIFT" -> Optional.of(GRADIENT);
      default -> Arrays.stream(values()).filter(method -> method.name().equals(plain)).findFirst();
    };
  }

  /// The names of all.
  public static List<String> words() {
    return Arrays.stream(values()).map(MinimizeMethod::word).toList();
  }
}

package dev.reeve.quantum.hybrid;

import java.util.Locale;
import java.util.Optional;

/// How the parameters of lowest value are sought.
public enum MinimizeMethod {
  /// Constrained optimisation by linear approximation, after Powell; needs no gradient.
  COBYLA("COBYLA"),
  /// The simplex method of Nelder and Mead; needs no gradient.
  NELDER_MEAD("Nelder-Mead"),
  /// Simultaneous perturbation stochastic approximation, after Spall; bears noise.
  SPSA("SPSA"),
  /// Descent along the gradient that shifted parameters give.
  GRADIENT("gradient");

  private final String word;

  MinimizeMethod(String word) {
    this.word = word;
  }

  /// Its name in programs and results.
  public String word() {
    return word;
  }

  /// The method that a program names; capitals, blanks, hyphens and underscores do not matter.
  public static Optional<MinimizeMethod> of(String word) {
    return switch (word.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "")) {
      case "cobyla" -> Optional.of(COBYLA);
      case "neldermead" -> Optional.of(NELDER_MEAD);
      case "spsa" -> Optional.of(SPSA);
      case "gradient", "gradientdescent", "parametershift" -> Optional.of(GRADIENT);
      default -> Optional.empty();
    };
  }
}

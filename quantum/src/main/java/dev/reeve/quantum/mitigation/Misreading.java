package dev.reeve.quantum.mitigation;

import dev.reeve.base.Check;

/// How often one bit of a result is read wrongly.
///
/// @param zeroAsOne probability that a zero is read as one
/// @param oneAsZero probability that a one is read as zero
public record Misreading(double zeroAsOne, double oneAsZero) {
  /// Never.
  public static final Misreading NONE = new Misreading(0, 0);

  public Misreading {
    Check.argument(zeroAsOne >= 0 && zeroAsOne <= 1, "zeroAsOne: %s", zeroAsOne);
    Check.argument(oneAsZero >= 0 && oneAsZero <= 1, "oneAsZero: %s", oneAsZero);
  }

  /// Whether zeros and ones can be told apart.
  boolean tells() {
    return zeroAsOne + oneAsZero < 1;
  }
}

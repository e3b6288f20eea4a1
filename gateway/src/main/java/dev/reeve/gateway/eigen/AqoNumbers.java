package dev.reeve.gateway.eigen;

import dev.reeve.quantum.aqo.AqoValue;

/// Which numbers of JSON a message that has doubles alone can carry by themselves.
final class AqoNumbers {
  private static final long EXACT_MAX = 1L << 53;

  private AqoNumbers() {}

  /// Whether a double tells the integer from its neighbours.
  static boolean isExact(long value) {
    return value >= -EXACT_MAX && value <= EXACT_MAX;
  }

  /// Whether the double would be read as an integer, unless something says otherwise.
  static boolean looksWhole(double value) {
    return Math.rint(value) == value && Math.abs(value) <= EXACT_MAX;
  }

  /// The number that a double stands for when nothing else is said; it must be finite.
  static AqoValue usual(double value) {
    return looksWhole(value) ? new AqoValue.Whole((long) value) : new AqoValue.Decimal(value);
  }

  /// A name as one step of a JSON pointer (RFC 6901).
  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}

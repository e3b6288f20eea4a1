package dev.reeve.routing;

import org.jspecify.annotations.Nullable;

/// Comparison of JSON values. A transport that knows texts only must give the same decision as one
/// with numbers, so a text that reads as a number or a truth value equals it.
final class JsonValues {
  private static final int NUMBER_LENGTH_MAX = 32;

  private JsonValues() {}

  /// NaN when it is none.
  static double number(@Nullable Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text -> parsed(text);
      case null, default -> Double.NaN;
    };
  }

  private static double parsed(String text) {
    if (text.isEmpty() || text.length() > NUMBER_LENGTH_MAX || !startsLikeANumber(text)) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return Double.NaN;
    }
  }

  private static boolean startsLikeANumber(String text) {
    char first = text.charAt(0);
    char last = text.charAt(text.length() - 1);
    return (first == '-' || (first >= '0' && first <= '9')) && last >= '0' && last <= '9';
  }

  static boolean equal(Object a, Object b) {
    if (a instanceof Number || b instanceof Number) {
      return number(a) == number(b);
    }
    if (a instanceof Boolean || b instanceof Boolean) {
      return a.toString().equals(b.toString());
    }
    return a.equals(b);
  }

  /// Negative, zero or positive; `Integer.MIN_VALUE` when the two have no order.
  static int compare(Object a, Object b) {
    double left = number(a);
    double right = number(b);
    if (!Double.isNaN(left) && !Double.isNaN(right)) {
      return Double.compare(left, right);
    }
    if (a instanceof String one && b instanceof String other) {
      return Math.clamp(one.compareTo(other), -1, 1);
    }
    return Integer.MIN_VALUE;
  }
}

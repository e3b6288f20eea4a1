package dev.reeve.policy;

import java.util.Locale;
import java.util.Set;

/// Numbers in labels, as Go's `strconv.ParseFloat` reads them.
final class LabelNumbers {
  private static final Set<String> INFINITE = Set.of("inf", "+inf", "infinity", "+infinity");

  private LabelNumbers() {}

  /// The number, or NaN, which is greater than nothing.
  static double parse(String text) {
    String number = text.strip().toLowerCase(Locale.ROOT);
    if (INFINITE.contains(number)) {
      return Double.POSITIVE_INFINITY;
    }
    // Java would take a suffix for the type; a hexadecimal number may end in one of these letters.
    boolean suffixed = (number.endsWith("d") || number.endsWith("f")) && !number.contains("0x");
    try {
      return number.isEmpty() || suffixed ? Double.NaN : Double.parseDouble(number);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}

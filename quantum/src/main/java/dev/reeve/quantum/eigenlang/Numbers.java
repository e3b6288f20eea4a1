package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.qasm.Diagnostics;
import java.util.Locale;

/// Reads the numbers of a program.
final class Numbers {
  private Numbers() {}

  /// The value of a number token; what is too large for it is reported.
  static Value parse(Token token, Diagnostics diagnostics) {
    String digits = token.text().replace("_", "");
    try {
      if (token.kind() == Token.Kind.INTEGER) {
        return new Value.Whole(whole(digits.toLowerCase(Locale.ROOT)));
      }
      double value = Double.parseDouble(digits);
      if (Double.isFinite(value)) {
        return new Value.Real(value);
      }
    } catch (NumberFormatException e) {
      // Reported like a number that is too large.
    }
    String shown = digits.length() <= 40 ? digits : digits.substring(0, 40) + "...";
    throw diagnostics.invalid(token.offset(), "a number that is too large: " + shown, "");
  }

  private static long whole(String digits) {
    if (digits.startsWith("0x")) {
      return Long.parseLong(digits.substring(2), 16);
    }
    if (digits.startsWith("0o")) {
      return Long.parseLong(digits.substring(2), 8);
    }
    if (digits.startsWith("0b")) {
      return Long.parseLong(digits.substring(2), 2);
    }
    return Long.parseLong(digits);
  }
}

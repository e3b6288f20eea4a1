package dev.reeve.quantum.qasm;

/// Turns the text of literals into values.
final class Literals {
  private Literals() {}

  static Expression integer(int offset, String text, Diagnostics diagnostics) {
    String digits = text.replace("_", "");
    int radix = 10;
    if (digits.length() > 2 && digits.charAt(0) == '0' && Character.isLetter(digits.charAt(1))) {
      radix =
          switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            default -> 8;
          };
      digits = digits.substring(2);
    }
    try {
      return new Expression.IntegerLiteral(offset, Long.parseLong(digits, radix));
    } catch (NumberFormatException _) {
      throw diagnostics.invalid(offset, "integer too large", "integers end at " + Long.MAX_VALUE);
    }
  }

  static Expression real(int offset, String text, Diagnostics diagnostics) {
    return real(offset, Decimals.read(text, 0, text.length()), diagnostics);
  }

  static Expression real(int offset, double value, Diagnostics diagnostics) {
    if (Double.isInfinite(value)) {
      throw diagnostics.invalid(offset, "number too large", "numbers end near 1.8e308");
    }
    return new Expression.RealLiteral(offset, value);
  }

  /// A number with `im` behind it.
  static Expression imaginary(int offset, String text, Diagnostics diagnostics) {
    String number = text.substring(0, text.length() - 2).strip();
    return new Expression.ImaginaryLiteral(
        offset, ((Expression.RealLiteral) real(offset, number, diagnostics)).value());
  }

  /// A number with a unit of time behind it. How long a tick of a device is nobody knows here.
  static Expression duration(int offset, String text, Diagnostics diagnostics) {
    int end = text.length();
    while (!Lexer.isDigit(text.charAt(end - 1)) && text.charAt(end - 1) != '.') {
      end--;
    }
    double unit =
        switch (text.substring(end).strip()) {
          case "s" -> 1;
          case "ms" -> 1e-3;
          case "us", "µs", "μs" -> 1e-6;
          case "ns" -> 1e-9;
          default -> Double.NaN;
        };
    String number = text.substring(0, end);
    double value = ((Expression.RealLiteral) real(offset, number, diagnostics)).value();
    return new Expression.DurationLiteral(offset, value * unit);
  }

  static Expression bits(int offset, String quoted, Diagnostics diagnostics) {
    if (quoted.charAt(0) == '\'') {
      throw diagnostics.invalid(offset, "bits in single quotes", "write \"0110\"");
    }
    String bits = quoted.substring(1, quoted.length() - 1).replace("_", "");
    if (bits.isEmpty() || !bits.chars().allMatch(c -> c == '0' || c == '1')) {
      throw diagnostics.invalid(
          offset, "a string here must hold bits", "write only 0 and 1, as in \"0110\"");
    }
    return new Expression.BitsLiteral(offset, bits);
  }
}

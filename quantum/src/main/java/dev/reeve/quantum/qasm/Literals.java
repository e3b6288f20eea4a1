package dev.reeve.quantum.qasm;

/// Turns the text of literals into values.
final class Literals {
  /// An exponent of more makes any number nothing or too much. Bits of one literal; to make a
  /// number of more takes time that grows with their square.
  private static final int BITS_MAX = 65_536;

  private static final int EXPONENT_DIGITS_MAX = 8;

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
    int places =
        switch (text.substring(end).strip()) {
          case "s" -> 15;
          case "ms" -> 12;
          case "us", "µs", "μs" -> 9;
          case "ns" -> 6;
          default -> 0;
        };
    String number = text.substring(0, end).replace("_", "");
    Expression _ = real(offset, number, diagnostics);
    String shifted = shifted(number, places);
    double femtoseconds = Decimals.read(shifted, 0, shifted.length());
    return new Expression.DurationLiteral(
        offset, places == 0 ? Double.NaN : Math.min(femtoseconds, Double.MAX_VALUE));
  }

  /// A number with its point moved to the right, so that it is rounded once.
  private static String shifted(String number, int places) {
    int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
    if (exponent < 0) {
      return number + "e" + places;
    }
    String written = number.substring(exponent + 1);
    return written.length() > EXPONENT_DIGITS_MAX
        ? number
        : number.substring(0, exponent + 1) + (Integer.parseInt(written) + places);
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
    if (bits.length() > BITS_MAX) {
      throw diagnostics.limit(
          offset, "%d bits (expected: at most %d)".formatted(bits.length(), BITS_MAX));
    }
    return new Expression.BitsLiteral(offset, bits);
  }
}

package dev.reeve.base;

import java.math.BigDecimal;

/// Numbers without an exponent, as people read money: `0.0001`, not `1.0E-4`.
public final class PlainNumbers {
  /// Beyond it a row of zeros is harder to read than the exponent.
  private static final int EXPONENT_MAX = 18;

  private PlainNumbers() {}

  /// The shortest decimal that is this number, with a fraction only where it has one; beyond 10^18
  /// and below 10^-18, and where it is no number, as [Double#toString].
  public static String text(double number) {
    String text = Double.toString(number);
    if (number == 0) {
      return "0";
    }
    int exponent = text.indexOf('E');
    boolean finite = Double.isFinite(number);
    if (!finite || (exponent >= 0 && !isShort(text, exponent + 1, text.length()))) {
      return text;
    }
    return new BigDecimal(text).stripTrailingZeros().toPlainString();
  }

  /// The same JSON with its numbers without exponents, as [#text]; texts stay as they are.
  ///
  /// @param json well-formed
  public static String json(String json) {
    int marked = json.indexOf('E');
    if (marked < 0) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length() + 16);
    int copied = 0;
    boolean inText = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (inText) {
        i += c == '\\' ? 1 : 0;
        inText = c != '"';
      } else if (c == '"') {
        inText = true;
      } else if (c == 'E') {
        int start = start(json, i);
        int end = end(json, i + 1);
        if (isShort(json, i + 1, end)) {
          BigDecimal number = new BigDecimal(json.substring(start, end));
          out.append(json, copied, start).append(number.stripTrailingZeros().toPlainString());
          copied = end;
        }
        i = end - 1;
      }
    }
    return copied == 0 ? json : out.append(json, copied, json.length()).toString();
  }

  private static int start(String json, int mark) {
    int start = mark;
    while (start > 0 && isOfNumber(json.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int end(String json, int from) {
    int end = from;
    while (end < json.length() && isOfNumber(json.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfNumber(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.';
  }

  private static boolean isShort(String text, int from, int to) {
    return to - from <= 3 && Math.abs(Integer.parseInt(text, from, to, 10)) <= EXPONENT_MAX;
  }
}

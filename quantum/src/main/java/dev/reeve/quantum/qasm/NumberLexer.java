package dev.reeve.quantum.qasm;

/// Reads numbers: integers in four bases, floating-point numbers, and the numbers with a unit that
/// durations and imaginary parts are written with.
final class NumberLexer {
  private static final String[] UNITS = {"dt", "ns", "us", "µs", "μs", "ms", "s"};

  private final String text;
  private final QasmVersion version;
  private final Diagnostics diagnostics;

  NumberLexer(String text, QasmVersion version, Diagnostics diagnostics) {
    this.text = text;
    this.version = version;
    this.diagnostics = diagnostics;
  }

  /// Adds the number that starts here and returns the offset behind it.
  int lex(int start, Tokens tokens) {
    if (version == QasmVersion.V3 && text.charAt(start) == '0' && start + 1 < text.length()) {
      int radix =
          switch (text.charAt(start + 1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            case 'o' -> 8;
            default -> 0;
          };
      if (radix > 0) {
        int end = digits(start + 2, radix);
        return add(TokenKind.INTEGER, start, end, end > start + 2, tokens);
      }
    }
    return decimal(start, tokens);
  }

  private int decimal(int start, Tokens tokens) {
    int end = digits(start, 10);
    TokenKind kind = TokenKind.INTEGER;
    if (at(end) == '.') {
      kind = TokenKind.FLOAT;
      end = digits(end + 1, 10);
    }
    if (at(end) == 'e' || at(end) == 'E') {
      int sign = at(end + 1) == '+' || at(end + 1) == '-' ? 1 : 0;
      if (Lexer.isDigit(at(end + 1 + sign))) {
        kind = TokenKind.FLOAT;
        end = digits(end + 1 + sign, 10);
      }
    }
    if (version == QasmVersion.V3) {
      int unit = unit(end);
      if (unit > end) {
        boolean imaginary = text.startsWith("im", unit - 2);
        tokens.add(imaginary ? TokenKind.IMAGINARY : TokenKind.TIMING, start, unit);
        return unit;
      }
    }
    return add(kind, start, end, true, tokens);
  }

  private int add(TokenKind kind, int start, int end, boolean hasDigits, Tokens tokens) {
    boolean dotted = kind == TokenKind.FLOAT && at(end) == '.';
    if (!hasDigits || wrongUnderscore(start, end) || isWordPart(end) || dotted) {
      int behind = end;
      while (isWordPart(behind) || at(behind) == '.') {
        behind++;
      }
      diagnostics.note(
          start, "\"" + text.substring(start, behind) + "\" is neither a number nor a name", "");
      tokens.add(kind, start, behind);
      return behind;
    }
    tokens.add(kind, start, end);
    return end;
  }

  /// One underscore may stand between two digits, and nowhere else.
  private boolean wrongUnderscore(int start, int end) {
    for (int i = start; i < end; i++) {
      if (at(i) == '_'
          && (i + 1 >= end || !Character.isLetterOrDigit(at(i + 1)) || at(i - 1) == '.')) {
        return true;
      }
    }
    return false;
  }

  /// The offset behind a unit that follows here, maybe after blanks; else this offset.
  private int unit(int offset) {
    int from = offset;
    while (at(from) == ' ' || at(from) == '\t') {
      from++;
    }
    if (text.startsWith("im", from) && !isWordPart(from + 2)) {
      return from + 2;
    }
    for (String unit : UNITS) {
      if (text.startsWith(unit, from) && !isWordPart(from + unit.length())) {
        return from + unit.length();
      }
    }
    return offset;
  }

  private int digits(int from, int radix) {
    int end = from;
    while (end < text.length()
        && (isDigit(text.charAt(end), radix)
            || (text.charAt(end) == '_' && end > from && version == QasmVersion.V3))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c, int radix) {
    return c <= '9' ? c >= '0' && c < '0' + radix : c < 128 && Character.digit(c, radix) >= 0;
  }

  private boolean isWordPart(int offset) {
    return offset < text.length()
        && (Character.isLetterOrDigit(text.charAt(offset)) || text.charAt(offset) == '_');
  }

  private char at(int offset) {
    return offset < text.length() ? text.charAt(offset) : '\0';
  }
}

package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.qasm.Diagnostics;
import java.util.Locale;

/// Reads one string literal: plain or raw, in single or triple quotes. Those that are computed or
/// are bytes are refused.
final class StringLexer {
  private final String text;
  private final int start;
  private final Diagnostics diagnostics;
  private final boolean raw;
  private final StringBuilder value = new StringBuilder();
  private int at;

  /// @param start of the literal
  /// @param quote where its first quote stands, after the prefix
  StringLexer(String text, int start, int quote, Diagnostics diagnostics) {
    this.text = text;
    this.start = start;
    this.diagnostics = diagnostics;
    this.at = quote;
    String prefix = text.substring(start, quote).toLowerCase(Locale.ROOT);
    this.raw = prefix.contains("r");
    if (prefix.contains("f") || prefix.contains("t")) {
      diagnostics.note(start, "a string that is computed", "write it out");
    } else if (prefix.contains("b")) {
      diagnostics.note(start, "a string of bytes", "leave out the b");
    }
    read();
  }

  String value() {
    return value.toString();
  }

  /// Behind the closing quote.
  int end() {
    return at;
  }

  private void read() {
    String quote = text.substring(at, at + 1);
    boolean triple = text.startsWith(quote.repeat(3), at);
    String closing = triple ? quote.repeat(3) : quote;
    at += closing.length();
    while (at < text.length()) {
      if (text.startsWith(closing, at)) {
        at += closing.length();
        return;
      }
      char c = text.charAt(at);
      if ((c == '\n' || c == '\r') && !triple) {
        break;
      }
      if (c == '\\' && at + 1 < text.length()) {
        escape();
      } else {
        value.append(c);
        at++;
      }
    }
    diagnostics.note(start, "a string that is never closed", "close it with " + closing);
  }

  private void escape() {
    char c = text.charAt(at + 1);
    if (raw) {
      value.append('\\').append(c);
      at += 2;
      return;
    }
    at += 2;
    switch (c) {
      case '\n' -> {}
      case '\r' -> at += at < text.length() && text.charAt(at) == '\n' ? 1 : 0;
      case '\\', '\'', '"' -> value.append(c);
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case 'a' -> value.append('\u0007');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'v' -> value.append('\u000B');
      case 'x' -> code(2, 16);
      case 'u' -> code(4, 16);
      case 'U' -> code(8, 16);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
      default -> value.append('\\').append(c);
    }
  }

  private void octal() {
    at--;
    int digits = 0;
    while (digits < 3 && at + digits < text.length() && isOctal(text.charAt(at + digits))) {
      digits++;
    }
    code(digits, 8);
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  private void code(int digits, int radix) {
    int end = Math.min(text.length(), at + digits);
    String word = text.substring(at, end);
    if (word.length() == digits && word.chars().allMatch(c -> Character.digit(c, radix) >= 0)) {
      long point = Long.parseLong(word, radix);
      if (Character.isValidCodePoint((int) point) && point <= Character.MAX_CODE_POINT) {
        value.appendCodePoint((int) point);
        at = end;
        return;
      }
    }
    diagnostics.note(at - 2, "an escape that names no character", "");
  }
}

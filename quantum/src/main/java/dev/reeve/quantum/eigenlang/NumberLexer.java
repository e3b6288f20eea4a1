package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.eigenlang.Token.Kind;
import dev.reeve.quantum.qasm.Diagnostics;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one number as Python writes them; what follows it directly must not be part of a name.
final class NumberLexer {
  private static final Pattern REAL =
      Pattern.compile(
          "(?:[0-9](?:_?[0-9])*)?\\.[0-9](?:_?[0-9])*(?:[eE][+-]?[0-9](?:_?[0-9])*)?"
              + "|[0-9](?:_?[0-9])*\\.(?:[eE][+-]?[0-9](?:_?[0-9])*)?"
              + "|[0-9](?:_?[0-9])*[eE][+-]?[0-9](?:_?[0-9])*");
  private static final Pattern WHOLE =
      Pattern.compile(
          "0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|[0-9](?:_?[0-9])*");
  private static final Pattern LEADING_ZERO = Pattern.compile("0[0_]*[1-9].*");

  private final String text;
  private final int start;
  private final Diagnostics diagnostics;

  NumberLexer(String text, int start, Diagnostics diagnostics) {
    this.text = text;
    this.start = start;
    this.diagnostics = diagnostics;
  }

  /// The number as written, with what wrongly hangs on to it.
  Token token() {
    Kind kind = Kind.REAL;
    Matcher number = REAL.matcher(text).region(start, text.length());
    if (!number.lookingAt()) {
      kind = Kind.INTEGER;
      number = WHOLE.matcher(text).region(start, text.length());
      number.lookingAt();
    }
    int end = number.end();
    int tail = end;
    while (tail < text.length() && Character.isUnicodeIdentifierPart(text.charAt(tail))) {
      tail++;
    }
    String word = text.substring(start, tail);
    if (tail > end) {
      String hint = word.matches(".*[jJ]") ? "there are no complex numbers" : "";
      diagnostics.note(start, "not a number: " + cut(word), hint);
    } else if (kind == Kind.INTEGER && LEADING_ZERO.matcher(word).matches()) {
      diagnostics.note(start, "a number that begins with 0: " + cut(word), "0o is octal");
    }
    return new Token(kind, word, start);
  }

  private static String cut(String word) {
    return word.length() <= 40 ? word : word.substring(0, 40) + "...";
  }
}

package dev.reeve.cli.client;

/// Text of others made fit for a terminal: what could move the cursor, hide or disguise a line is
/// shown as `?`. Jobs, workers and payloads are not trusted with the reader's screen.
public final class SafeText {
  private SafeText() {}

  /// On one line: line breaks and tabs become blanks.
  public static String line(String text) {
    return clean(text, false);
  }

  /// On several lines: line breaks and tabs stay.
  public static String lines(String text) {
    return clean(text, true);
  }

  private static String clean(String text, boolean keepLines) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (point == '\n' || point == '\t') {
            out.append(keepLines ? (char) point : ' ');
          } else if (point != '\r') {
            out.appendCodePoint(isPlain(point) ? point : '?');
          }
        });
    return out.toString();
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}

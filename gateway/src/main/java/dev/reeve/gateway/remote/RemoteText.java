package dev.reeve.gateway.remote;

/// Text that another server wrote, made fit to be kept and shown: one line, bounded.
final class RemoteText {
  private static final int LENGTH_MAX = 256;

  private RemoteText() {}

  static String line(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), LENGTH_MAX));
    int i = 0;
    while (i < text.length() && out.length() < LENGTH_MAX) {
      int point = text.codePointAt(i);
      out.appendCodePoint(isShown(point) ? point : ' ');
      i += Character.charCount(point);
    }
    return out.toString().strip();
  }

  private static boolean isShown(int point) {
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

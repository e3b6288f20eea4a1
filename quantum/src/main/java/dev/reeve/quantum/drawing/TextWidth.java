package dev.reeve.quantum.drawing;

/// How many columns of a terminal a text takes: characters of East Asian scripts take two, marks
/// that go onto the one before them none.
final class TextWidth {
  /// First and last of ranges that take two columns (Unicode's East Asian Width, W and F),
  /// ascending.
  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0xA4CF},
    {0xA960, 0xA97C},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x3FFFD}
  };

  private TextWidth() {}

  static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  private static int of(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int[] range : WIDE) {
      if (codePoint >= range[0] && codePoint <= range[1]) {
        return 2;
      }
    }
    return 1;
  }

  /// The text, or its beginning with a sign that there is more.
  ///
  /// @param columns that it may take, at least 1
  static String cut(String text, int columns, String more) {
    if (of(text) <= columns) {
      return text;
    }
    int end = 0;
    int used = of(more);
    while (used + of(text.codePointAt(end)) <= columns) {
      used += of(text.codePointAt(end));
      end += Character.charCount(text.codePointAt(end));
    }
    return text.substring(0, end) + more;
  }
}

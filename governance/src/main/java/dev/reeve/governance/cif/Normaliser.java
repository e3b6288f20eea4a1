package dev.reeve.governance.cif;

import java.text.Normalizer;

/// The normal form of a text, in which rules look for what encodings hide.
///
/// Until nothing changes: invisible and control characters are dropped, compatibility forms become
/// plain ones (NFKC), and percent, HTML and backslash escapes are read. Then backslashes become
/// slashes. The normal form is for looking; it replaces a text only where that text is cleaned.
public final class Normaliser {
  /// Layers of encoding that are read. Who wraps deeper hides something.
  public static final int ROUNDS_MAX = 32;

  /// @param text the normal form, or how far it came
  /// @param settled whether it is a fixpoint; when not, the text is wrapped too deep
  public record Normal(String text, boolean settled) {}

  private Normaliser() {}

  /// The normal form of a text. That of a normal form is itself.
  public static Normal normalise(String text) {
    String now = text;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      String next = step(now);
      if (next.equals(now)) {
        return slashed(now);
      }
      now = next;
    }
    return new Normal(now, step(now).equals(now));
  }

  private static Normal slashed(String text) {
    return new Normal(text.replace('\\', '/'), true);
  }

  private static String step(String text) {
    String visible = visible(text);
    String plain =
        Normalizer.isNormalized(visible, Normalizer.Form.NFKC)
            ? visible
            : Normalizer.normalize(visible, Normalizer.Form.NFKC);
    return Escapes.read(plain);
  }

  private static String visible(String text) {
    int first = firstInvisible(text);
    if (first < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length()).append(text, 0, first);
    int i = first;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      if (!isInvisible(point)) {
        out.appendCodePoint(point);
      }
      i += Character.charCount(point);
    }
    return out.toString();
  }

  private static int firstInvisible(String text) {
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      if (isInvisible(point)) {
        return i;
      }
      i += Character.charCount(point);
    }
    return -1;
  }

  private static boolean isInvisible(int point) {
    if (point < 0x7f) {
      return point < ' ' && point != '\t' && point != '\n' && point != '\r';
    }
    if (point <= 0xa0) {
      return point != 0x85 && point != 0xa0;
    }
    return Character.getType(point) == Character.FORMAT
        || (point >= 0xfe00 && point <= 0xfe0f)
        || (point >= 0xe0000 && point <= 0xe0fff)
        || point == 0x034f
        || point == 0x115f
        || point == 0x1160
        || point == 0x17b4
        || point == 0x17b5
        || point == 0x3164
        || point == 0xffa0;
  }
}

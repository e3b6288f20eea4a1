package dev.reeve.base;

/// Small rules about text that several modules share.
public final class Text {
  private static final int SHOWN_IN_MESSAGE_MAX = 80;

  private Text() {}

  /// A caller's value made safe for a message: quoted, cut at 80 characters. What could break or
  /// disguise the line it is shown in (control, format and separator characters, lone surrogates,
  /// quotes) is shown as `?`.
  public static String quoteForMessage(String value) {
    StringBuilder out = new StringBuilder(Math.min(value.length(), SHOWN_IN_MESSAGE_MAX) + 5);
    out.append('"');
    int end = Math.min(value.length(), SHOWN_IN_MESSAGE_MAX);
    if (end < value.length() && Character.isHighSurrogate(value.charAt(end - 1))) {
      end--;
    }
    int i = 0;
    while (i < end) {
      int point = value.codePointAt(i);
      out.appendCodePoint(isPlain(point) ? point : '?');
      i += Character.charCount(point);
    }
    if (end < value.length()) {
      out.append("...");
    }
    return out.append('"').toString();
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> point != '"';
    };
  }

  /// Whether a text is Unicode: every surrogate has its partner. JSON may carry others, and they
  /// can neither be stored nor sent on, so every decoder that reads JSON asks this.
  public static boolean isUnicode(String text) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (Character.isSurrogate(c) && !pair) {
        return false;
      }
      i += pair ? 2 : 1;
    }
    return true;
  }

  /// The candidate nearest to a misspelt name, or an empty text when none is near. Used for "did
  /// you mean"; distance is Levenshtein, at most a third of the longer name.
  public static String nearest(String name, Iterable<String> candidates) {
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int limit = Math.max(2, Math.max(name.length(), candidate.length()) / 3);
      // The distance is at least the difference in length: a caller's megabyte costs nothing.
      if (Math.abs(name.length() - candidate.length()) > limit) {
        continue;
      }
      int distance = distance(name, candidate);
      if (distance <= limit && distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(swap, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] spare = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }
}

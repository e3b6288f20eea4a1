package dev.reeve.gateway;

/// The grammar of topics: `job.`, then segments between dots that begin and end with a letter or
/// digit and hold letters, digits, `_` and `-`.
public final class Topics {
  /// Longest topic in characters.
  public static final int LENGTH_MAX = 256;

  /// What a topic must look like, for messages.
  public static final String SHAPE =
      "job. and dotted segments of letters, digits, _ and -, at most 256";

  private static final String PREFIX = "job.";

  private Topics() {}

  /// Whether a text is a topic.
  public static boolean isTopic(String text) {
    if (text.length() > LENGTH_MAX || !text.startsWith(PREFIX)) {
      return false;
    }
    int start = PREFIX.length();
    for (int i = start; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '.') {
        if (!isSegment(text, start, i)) {
          return false;
        }
        start = i + 1;
      }
    }
    return true;
  }

  /// The topic of a kind of work: itself when it is one, else with the prefix.
  public static String ofKind(String kind) {
    return kind.startsWith(PREFIX) ? kind : PREFIX + kind;
  }

  private static boolean isSegment(String text, int from, int to) {
    if (from == to || !isAlphanumeric(text.charAt(from)) || !isAlphanumeric(text.charAt(to - 1))) {
      return false;
    }
    for (int i = from + 1; i < to - 1; i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}

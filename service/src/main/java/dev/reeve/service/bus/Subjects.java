package dev.reeve.service.bus;

import dev.reeve.base.Check;

/// The rules of subjects: parts separated by dots, without blanks. In a pattern `*` stands for one
/// part, `>` as the last for one or more.
public final class Subjects {
  /// Longest subject or pattern in characters.
  public static final int LENGTH_MAX = 512;

  /// Longest name of a stream or durable consumer.
  public static final int NAME_LENGTH_MAX = 128;

  private static final String SUBJECT_EXPECTED =
      "dotted parts without blanks or wildcards, at most " + LENGTH_MAX + " characters";
  private static final String PATTERN_EXPECTED =
      "dotted parts without blanks, '*' or a last '>' as a whole part, at most "
          + LENGTH_MAX
          + " characters";

  private Subjects() {}

  /// Whether messages can be sent there.
  public static boolean isSubject(String text) {
    return isDotted(text, false);
  }

  /// Whether one can listen to it; every subject is one.
  public static boolean isPattern(String text) {
    return isDotted(text, true);
  }

  /// @throws dev.reeve.base.ProblemException `BUS_SUBJECT_INVALID`
  public static void requireSubject(String text) {
    if (!isSubject(text)) {
      throw BusProblems.BUS_SUBJECT_INVALID.field("subject", text, SUBJECT_EXPECTED).toException();
    }
  }

  /// @throws dev.reeve.base.ProblemException `BUS_SUBJECT_INVALID`
  public static void requirePattern(String text) {
    if (!isPattern(text)) {
      throw BusProblems.BUS_SUBJECT_INVALID.field("subject", text, PATTERN_EXPECTED).toException();
    }
  }

  /// Refuses what is no name of a stream or durable consumer.
  static void requireName(String field, String text) {
    boolean good = !text.isEmpty() && text.length() <= NAME_LENGTH_MAX;
    for (int i = 0; good && i < text.length(); i++) {
      char c = text.charAt(i);
      good = isAlphanumeric(c) || c == '_' || c == '-';
    }
    Check.argument(
        good,
        "%s: %s (expected: letters, digits, '_', '-', at most %s characters)",
        field,
        text,
        NAME_LENGTH_MAX);
  }

  /// A text as one part of a subject: what may not stand there becomes `_`; empty text too.
  public static String part(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(isAlphanumeric(c) || c == '-' || c == '_' ? c : '_');
    }
    return out.isEmpty() ? "_" : out.toString();
  }

  /// Whether a pattern takes a subject. Both must be valid.
  public static boolean matches(String pattern, String subject) {
    int p = 0;
    int s = 0;
    while (p < pattern.length() && s < subject.length()) {
      int pEnd = partEnd(pattern, p);
      int sEnd = partEnd(subject, s);
      if (pattern.charAt(p) == '>' && pEnd == p + 1) {
        return true;
      }
      boolean any = pattern.charAt(p) == '*' && pEnd == p + 1;
      if (!any && !pattern.regionMatches(p, subject, s, Math.max(pEnd - p, sEnd - s))) {
        return false;
      }
      if ((pEnd == pattern.length()) != (sEnd == subject.length())) {
        return false;
      }
      p = pEnd + 1;
      s = sEnd + 1;
    }
    return p >= pattern.length() && s >= subject.length();
  }

  /// Whether a subject exists that both patterns take. Both must be valid.
  public static boolean overlap(String one, String other) {
    int a = 0;
    int b = 0;
    while (a < one.length() && b < other.length()) {
      int aEnd = partEnd(one, a);
      int bEnd = partEnd(other, b);
      if (one.charAt(a) == '>' || other.charAt(b) == '>') {
        return true;
      }
      boolean any = one.charAt(a) == '*' || other.charAt(b) == '*';
      if (!any && !one.regionMatches(a, other, b, Math.max(aEnd - a, bEnd - b))) {
        return false;
      }
      if ((aEnd == one.length()) != (bEnd == other.length())) {
        return false;
      }
      a = aEnd + 1;
      b = bEnd + 1;
    }
    return a >= one.length() && b >= other.length();
  }

  private static int partEnd(String text, int from) {
    int dot = text.indexOf('.', from);
    return dot < 0 ? text.length() : dot;
  }

  private static boolean isDotted(String text, boolean wildcards) {
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      return false;
    }
    int start = 0;
    while (start <= text.length()) {
      int end = partEnd(text, start);
      if (!isPart(text, start, end, wildcards)) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private static boolean isPart(String text, int start, int end, boolean wildcards) {
    if (start == end) {
      return false;
    }
    char first = text.charAt(start);
    if (end == start + 1 && (first == '*' || first == '>')) {
      return wildcards && (first == '*' || end == text.length());
    }
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '*' || c == '>' || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}

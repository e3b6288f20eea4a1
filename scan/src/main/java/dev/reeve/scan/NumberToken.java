package dev.reeve.scan;

import java.util.List;

/// A number in a text, as a person writes it: groups of digits with single separators between.
final class NumberToken {
  private static final int DIGITS_MAX = 24;
  private static final int GROUPS_MAX = 8;

  private final int start;
  private final StringBuilder digits = new StringBuilder(DIGITS_MAX);
  private final int[] lengths = new int[GROUPS_MAX];
  private final int[] ends = new int[GROUPS_MAX];
  private final StringBuilder separators = new StringBuilder(GROUPS_MAX);
  private int groups;

  private NumberToken(int start) {
    this.start = start;
  }

  /// Reads from a digit on, at most 24 digits in 8 groups.
  static NumberToken read(Window window, int start) {
    NumberToken token = new NumberToken(start);
    int at = start;
    while (token.groups < GROUPS_MAX) {
      int from = at;
      while (window.isDigitAt(at) && token.digits.length() < DIGITS_MAX) {
        token.digits.append((char) window.byteAt(at));
        at++;
      }
      token.lengths[token.groups] = at - from;
      token.ends[token.groups] = at;
      token.groups++;
      int separator = window.byteAt(at);
      if (!isSeparator(separator) || !window.isDigitAt(at + 1)) {
        break;
      }
      token.separators.append((char) separator);
      at++;
    }
    return token;
  }

  /// Whether a number from here on has so many digits; without reading it in.
  static boolean isLong(Window window, int start, int digitsMin) {
    int digits = 0;
    int at = start;
    while (digits < digitsMin) {
      if (window.isDigitAt(at)) {
        digits++;
      } else if (!isSeparator(window.byteAt(at)) || !window.isDigitAt(at + 1)) {
        return false;
      }
      at++;
    }
    return true;
  }

  private static boolean isSeparator(int c) {
    return c == ' ' || c == '-' || c == '.' || c == '/';
  }

  int start() {
    return start;
  }

  int groups() {
    return groups;
  }

  int digitCount() {
    return digits.length();
  }

  /// End of the first groups.
  int end(int count) {
    return ends[count - 1];
  }

  /// The digits of the first groups.
  String digits(int count) {
    int length = 0;
    for (int i = 0; i < count; i++) {
      length += lengths[i];
    }
    return digits.substring(0, length);
  }

  /// Whether it begins with groups of these lengths and these separators between them, and a number
  /// does not go on after them.
  boolean isGrouped(Window window, String between, List<Integer> expected) {
    if (groups < expected.size() || !endsAfter(window, expected.size())) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (lengths[i] != expected.get(i)
          || (i > 0 && separators.charAt(i - 1) != between.charAt((i - 1) % between.length()))) {
        return false;
      }
    }
    return true;
  }

  /// Whether the first groups are a whole number: no letter follows, and no joint with a digit. A
  /// blank ends a number that has other separators or none.
  boolean endsAfter(Window window, int count) {
    return !window.isWordAt(ends[count - 1])
        && (count == groups || separators.charAt(count - 1) == ' ');
  }
}

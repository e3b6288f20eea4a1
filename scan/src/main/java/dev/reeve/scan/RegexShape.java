package dev.reeve.scan;

import java.util.ArrayDeque;
import java.util.Deque;

/// What is counted in a regular expression before it is compiled.
///
/// @param bars alternation bars
/// @param nestedQuantifier whether a quantified group holds a quantifier
record RegexShape(int bars, boolean nestedQuantifier) {
  static RegexShape of(String regex) {
    int bars = 0;
    boolean nested = false;
    Deque<boolean[]> groups = new ArrayDeque<>();
    groups.push(new boolean[1]);
    int i = 0;
    while (i < regex.length()) {
      char c = regex.charAt(i);
      switch (c) {
        case '\\' -> i = endOfEscape(regex, i);
        case '[' -> i = endOfClass(regex, i);
        case '|' -> bars++;
        case '(' -> {
          groups.push(new boolean[1]);
          if (i + 1 < regex.length() && regex.charAt(i + 1) == '?') {
            i++;
          }
        }
        case ')' -> {
          boolean inside = groups.size() > 1 ? groups.pop()[0] : groups.peek()[0];
          nested |= inside && isQuantifier(regex, i + 1);
          groups.peek()[0] |= inside;
        }
        default -> groups.peek()[0] |= isQuantifier(regex, i);
      }
      i++;
    }
    return new RegexShape(bars, nested);
  }

  /// `?` counts too: it makes a group optional, and `(a?)*` is what the rule is about.
  private static boolean isQuantifier(String regex, int at) {
    if (at >= regex.length()) {
      return false;
    }
    char c = regex.charAt(at);
    return c == '*'
        || c == '+'
        || c == '?'
        || (c == '{' && at + 1 < regex.length() && Ascii.isDigit(regex.charAt(at + 1)));
  }

  private static int endOfEscape(String regex, int at) {
    if (regex.startsWith("\\Q", at)) {
      int end = regex.indexOf("\\E", at);
      return end < 0 ? regex.length() : end + 1;
    }
    return at + 1;
  }

  private static int endOfClass(String regex, int at) {
    int i = at + 1;
    if (i < regex.length() && regex.charAt(i) == '^') {
      i++;
    }
    if (i < regex.length() && regex.charAt(i) == ']') {
      i++;
    }
    while (i < regex.length() && regex.charAt(i) != ']') {
      if (regex.charAt(i) == '\\') {
        i++;
      } else if (regex.startsWith("[:", i) && regex.indexOf(":]", i) > 0) {
        i = regex.indexOf(":]", i) + 1;
      }
      i++;
    }
    return i;
  }
}

package dev.reeve.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/// A regular expression of a policy file: RE2 syntax, so that looking takes time in proportion to
/// the text, and within limits that keep the proportion small. Equal by its text.
public final class RuleRegex {
  /// Longest expression in characters.
  public static final int LENGTH_MAX = 256;

  /// Most `|` in an expression.
  public static final int ALTERNATIONS_MAX = 5;

  private final String text;
  private final Pattern pattern;

  private RuleRegex(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /// @throws IllegalArgumentException saying what is wrong
  static RuleRegex compile(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          text.length() + " characters (expected: at most " + LENGTH_MAX + ")");
    }
    refuseCostlyShapes(text);
    try {
      return new RuleRegex(text, Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not an RE2 expression: " + e.getDescription(), e);
    }
  }

  /// Whether it occurs.
  public boolean occursIn(CharSequence content) {
    return pattern.matcher(content).find();
  }

  /// The compiled expression, for those who need places.
  public Pattern pattern() {
    return pattern;
  }

  private static void refuseCostlyShapes(String text) {
    Deque<Boolean> quantified = new ArrayDeque<>();
    quantified.push(false);
    int alternations = 0;
    boolean inClass = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (inClass) {
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
        // A bracket that comes first, or first after the caret, stands for itself.
        i += text.startsWith("^]", i + 1) ? 2 : text.startsWith("]", i + 1) ? 1 : 0;
      } else if (c == '(') {
        quantified.push(false);
        i += text.startsWith("?", i + 1) ? 1 : 0;
      } else if (c == ')' && quantified.size() > 1) {
        boolean inner = quantified.pop();
        boolean outer = isQuantifier(text, i + 1);
        if (inner && outer) {
          throw new IllegalArgumentException(
              "a repeated group that repeats inside (expected: one repetition)");
        }
        mark(quantified, inner);
      } else if (c == '|') {
        alternations++;
      } else if (isQuantifier(text, i)) {
        mark(quantified, true);
      }
    }
    if (alternations > ALTERNATIONS_MAX) {
      throw new IllegalArgumentException(
          alternations + " alternations (expected: at most " + ALTERNATIONS_MAX + ")");
    }
  }

  private static void mark(Deque<Boolean> quantified, boolean seen) {
    quantified.push(quantified.pop() || seen);
  }

  private static boolean isQuantifier(String text, int at) {
    return at < text.length() && "*+{".indexOf(text.charAt(at)) >= 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleRegex regex && regex.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}

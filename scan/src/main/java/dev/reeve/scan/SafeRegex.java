package dev.reeve.scan;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;

/// A regular expression of a user: RE2 syntax, linear time for every content. Refused are those
/// longer than 256 characters, with a quantifier on a group that holds a quantifier, or with more
/// than 5 alternation bars. Immutable and thread-safe.
public final class SafeRegex {
  /// The longest expression in characters.
  public static final int LENGTH_MAX = 256;

  /// The most `|` in one expression.
  public static final int BARS_MAX = 5;

  private final Pattern pattern;

  private SafeRegex(Pattern pattern) {
    this.pattern = pattern;
  }

  /// @throws ProblemException `SCAN_REGEX_REFUSED`, saying what is wrong
  public static SafeRegex compile(String regex) {
    if (regex.isEmpty() || regex.length() > LENGTH_MAX) {
      throw refused(regex, "1 to " + LENGTH_MAX + " characters");
    }
    RegexShape shape = RegexShape.of(regex);
    if (shape.bars() > BARS_MAX) {
      throw refused(regex, "at most " + BARS_MAX + " '|'");
    }
    if (shape.nestedQuantifier()) {
      throw refused(regex, "no quantifier on a group that holds a quantifier");
    }
    try {
      return new SafeRegex(Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      throw refused(regex, "RE2 syntax: " + e.getDescription());
    }
  }

  /// An expression whose limits somebody else has checked.
  public static SafeRegex of(Pattern checked) {
    return new SafeRegex(checked);
  }

  private static ProblemException refused(String regex, String expected) {
    return ScanProblems.SCAN_REGEX_REFUSED.field("regex", regex, expected).toException();
  }

  /// Whether it matches anywhere.
  public boolean isIn(Bytes content) {
    return pattern.matcher(content.unsafeArray()).find();
  }

  /// The expression as it was written.
  public String text() {
    return pattern.pattern();
  }

  Matcher over(byte[] bytes) {
    return pattern.matcher(bytes);
  }

  @Override
  public String toString() {
    return text();
  }
}

package dev.reeve.gateway.eigen;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Collects what is wrong with a request, so that its sender hears of everything at once.
final class Violations {
  /// What one answer can carry: details travel in trailers, which transports bound to 8 KiB.
  private static final int REPORTED_MAX = 16;

  private record Violation(String field, String value, String expected) {
    private String text() {
      return field + ": " + value + " (expected: " + expected + ")";
    }
  }

  private final ProblemCode code;
  private final List<Violation> found = new ArrayList<>();

  Violations(ProblemCode code) {
    this.code = code;
  }

  /// A required field that is absent.
  void missing(String field, String expected) {
    found.add(new Violation(field, "missing", expected));
  }

  void wrong(String field, String value, String expected) {
    found.add(new Violation(field, Text.quoteForMessage(value), expected));
  }

  void wrong(String field, long value, String expected) {
    found.add(new Violation(field, Long.toString(value), expected));
  }

  /// One line of text, perhaps empty: no control characters.
  void requireLine(String field, String text) {
    boolean plain = text.chars().noneMatch(Character::isISOControl) && Text.isUnicode(text);
    if (!plain) {
      wrong(field, text, "text without control characters");
    }
  }

  /// Text of any lines, perhaps empty, that every store can hold.
  void requireText(String field, String text) {
    if (text.indexOf('\0') >= 0 || !Text.isUnicode(text)) {
      wrong(field, text, "Unicode text without U+0000");
    }
  }

  /// Texts by keys of one line.
  void requireMap(String field, Map<String, String> entries) {
    entries.forEach((key, value) -> {
      int before = found.size();
      requireLine(field + " key", key);
      if (key.isEmpty()) {
        wrong(field + " key", key, "not empty");
      }
      if (found.size() == before) {
        requireText(field + "." + key, value);
      }
    });
  }

  /// @throws dev.reeve.base.ProblemException when anything was found
  void refuseIfAny() {
    if (found.isEmpty()) {
      return;
    }
    int more = found.size() - 1;
    Problem problem =
        code.because(found.getFirst().text() + (more == 0 ? "" : ", and " + more + " more"));
    for (Violation violation : found.subList(0, Math.min(found.size(), REPORTED_MAX))) {
      problem = problem.withField(violation.field(), "expected: " + violation.expected());
    }
    throw problem.toException();
  }
}

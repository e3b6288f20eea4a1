package dev.reeve.gateway.eigen;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.Text;
import java.util.ArrayList;
import java.util.List;

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

package dev.reeve.quantum.aqo;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.Text;
import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with a document, as far as it was read.
final class AqoFindings {
  private final List<AqoFinding> found = new ArrayList<>();
  private final int most;
  private int line = 1;
  private int column = 1;

  /// Reading cannot go on, or need not.
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Stopped() {
      super("stopped", null, false, false);
    }
  }

  AqoFindings(int most) {
    this.most = most;
  }

  /// Where the following findings are.
  void at(int newLine, int newColumn) {
    line = newLine;
    column = newColumn;
  }

  /// @throws Stopped after the last that is reported
  void invalid(String path, String value, String expected) {
    add(AqoFinding.Kind.INVALID, path, Text.quoteForMessage(value) + expected(expected));
  }

  /// @throws Stopped after the last that is reported
  void missing(String path, String expected) {
    add(AqoFinding.Kind.INVALID, path, "missing" + expected(expected));
  }

  /// @throws Stopped always: nothing after it is known
  Stopped stop(AqoFinding.Kind kind, String path, String message) {
    if (found.size() < most) {
      found.add(new AqoFinding(kind, path, message, line, column));
    }
    throw new Stopped();
  }

  private void add(AqoFinding.Kind kind, String path, String message) {
    found.add(new AqoFinding(kind, path, message, line, column));
    if (found.size() >= most) {
      throw new Stopped();
    }
  }

  static String expected(String what) {
    return " (expected: " + what + ")";
  }

  int count() {
    return found.size();
  }

  List<AqoFinding> list() {
    return List.copyOf(found);
  }

  /// The refusal as clients see it: the first reason in the message, each as a violation of its
  /// field. A bound outweighs a version, and a version what breaks the rules of another.
  static Problem problem(List<AqoFinding> findings) {
    AqoFinding first = findings.getFirst();
    String rest = findings.size() > 1 ? " and %d more".formatted(findings.size() - 1) : "";
    Problem problem = code(findings).because(first.oneLine() + rest);
    if (first.line() > 0) {
      problem =
          problem
              .with("line", Integer.toString(first.line()))
              .with("column", Integer.toString(first.column()));
    }
    for (AqoFinding finding : findings) {
      problem =
          problem.withField(finding.path().isEmpty() ? "aqo" : finding.path(), finding.message());
    }
    return problem;
  }

  private static ProblemCode code(List<AqoFinding> findings) {
    ProblemCode code = QuantumProblems.AQO_INVALID;
    for (AqoFinding finding : findings) {
      switch (finding.kind()) {
        case LIMIT -> {
          return QuantumProblems.AQO_LIMIT_EXCEEDED;
        }
        case VERSION -> code = QuantumProblems.AQO_VERSION_UNSUPPORTED;
        case INVALID -> {}
      }
    }
    return code;
  }
}

package dev.reeve.service.quantum;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemKind;
import dev.reeve.service.BuiltInExecutor;
import java.util.List;

/// What becomes of a job whose program a device does not take.
public final class ProgramFailures {
  private static final List<String> OF_PROGRAMS = List.of("QASM_", "AQO_", "EIGEN_LANG_");

  private ProgramFailures() {}

  /// A program with mistakes is one kind of failure, whatever the mistake and the device; running
  /// it again cannot help.
  public static BuiltInExecutor.Outcome of(Problem problem) {
    if (problem.kind() == ProblemKind.CANCELLED) {
      return new BuiltInExecutor.Outcome.Stopped();
    }
    boolean program = OF_PROGRAMS.stream().anyMatch(problem.reason()::startsWith);
    String code = program ? "VALIDATION_FAILED" : problem.reason();
    return new BuiltInExecutor.Outcome.Failed(code, problem.message(), false);
  }
}

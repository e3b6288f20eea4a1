package dev.reeve.quantum.eigenlang;

import dev.reeve.base.Check;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.qasm.QasmDiagnostic;
import java.util.List;
import java.util.Objects;

/// What became of a source: a program, or the reasons why not.
public sealed interface EigenResult {
  /// The program.
  ///
  /// @throws dev.reeve.base.ProblemException with [Rejected#problem] when there is none
  EigenProgram orThrow();

  /// A program without errors.
  record Compiled(EigenProgram program) implements EigenResult {
    public Compiled {
      Objects.requireNonNull(program, "program");
    }

    @Override
    public EigenProgram orThrow() {
      return program;
    }
  }

  /// A program with errors.
  ///
  /// @param diagnostics at least one, in the order of the source
  record Rejected(List<QasmDiagnostic> diagnostics) implements EigenResult {
    public Rejected {
      diagnostics = List.copyOf(diagnostics);
      Check.argument(!diagnostics.isEmpty(), "diagnostics: none (expected: at least one)");
    }

    @Override
    public EigenProgram orThrow() {
      throw problem().toException();
    }

    /// The refusal as clients see it: the first error in the message, each as a violation of the
    /// field `source`, line and column of the first as metadata. A bound outweighs an error.
    public Problem problem() {
      QasmDiagnostic first = diagnostics.getFirst();
      boolean limit = diagnostics.stream().anyMatch(one -> one.kind() == QasmDiagnostic.Kind.LIMIT);
      ProblemCode code =
          limit ? QuantumProblems.EIGEN_LANG_LIMIT_EXCEEDED : QuantumProblems.EIGEN_LANG_INVALID;
      String rest = diagnostics.size() > 1 ? " and %d more".formatted(diagnostics.size() - 1) : "";
      Problem problem =
          code.because(first.oneLine() + rest)
              .with("line", Integer.toString(first.line()))
              .with("column", Integer.toString(first.column()));
      for (QasmDiagnostic diagnostic : diagnostics) {
        problem = problem.withField("source", diagnostic.oneLine());
      }
      return problem;
    }
  }
}

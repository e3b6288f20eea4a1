package dev.reeve.quantum.qasm;

import dev.reeve.base.Check;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.QuantumProblems;
import java.util.List;
import java.util.Objects;

/// What became of a source: a circuit, or the reasons why not.
public sealed interface QasmResult {
  /// The circuit.
  ///
  /// @throws dev.reeve.base.ProblemException with [Rejected#problem] when there is none
  Circuit orThrow();

  /// A program without errors.
  ///
  /// @param circuit what it means
  /// @param version the version it is written in
  record Parsed(Circuit circuit, QasmVersion version) implements QasmResult {
    public Parsed {
      Objects.requireNonNull(circuit, "circuit");
      Objects.requireNonNull(version, "version");
    }

    @Override
    public Circuit orThrow() {
      return circuit;
    }
  }

  /// A program with errors.
  ///
  /// @param diagnostics at least one, in the order of the source as far as possible
  /// @param more whether reading stopped before the end, so that there may be others
  record Rejected(List<QasmDiagnostic> diagnostics, boolean more) implements QasmResult {
    public Rejected {
      diagnostics = List.copyOf(diagnostics);
      Check.argument(!diagnostics.isEmpty(), "diagnostics: none (expected: at least one)");
    }

    @Override
    public Circuit orThrow() {
      throw problem().toException();
    }

    /// The refusal as clients see it: the first error in the message, each as a violation of the
    /// field `source`, line and column of the first as metadata.
    public Problem problem() {
      QasmDiagnostic first = diagnostics.getFirst();
      String rest = diagnostics.size() > 1 ? " and %d more".formatted(diagnostics.size() - 1) : "";
      Problem problem =
          code()
              .because(first.oneLine() + rest)
              .with("line", Integer.toString(first.line()))
              .with("column", Integer.toString(first.column()));
      for (QasmDiagnostic diagnostic : diagnostics) {
        problem = problem.withField("source", diagnostic.oneLine());
      }
      return problem;
    }

    /// A bound outweighs an error, and an error outweighs what is merely not offered.
    private ProblemCode code() {
      if (has(QasmDiagnostic.Kind.LIMIT)) {
        return QuantumProblems.QASM_LIMIT_EXCEEDED;
      }
      return has(QasmDiagnostic.Kind.INVALID)
          ? QuantumProblems.QASM_INVALID
          : QuantumProblems.QASM_UNSUPPORTED;
    }

    private boolean has(QasmDiagnostic.Kind kind) {
      return diagnostics.stream().anyMatch(diagnostic -> diagnostic.kind() == kind);
    }
  }
}

package dev.reeve.quantum.qasm;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A program whose text was read and whose inputs get their values later, as often as it takes.
/// Immutable; any thread.
public final class QasmProgram {
  private final OpenQasm.Program program;
  private final SourceText source;
  private final QasmOptions options;

  QasmProgram(OpenQasm.Program program, SourceText source, QasmOptions options) {
    this.program = program;
    this.source = source;
    this.options = options;
  }

  /// The names of what it declares as `input`, in their order.
  public List<String> inputs() {
    List<String> names = new ArrayList<>();
    for (Statement statement : program.statements()) {
      if (statement instanceof Statement.Passage passage && passage.input()) {
        names.add(passage.name());
      }
    }
    return names;
  }

  /// The names of inputs that are angles or other real numbers, in their order.
  public List<String> realInputs() {
    List<String> names = new ArrayList<>();
    for (Statement statement : program.statements()) {
      if (statement instanceof Statement.Passage passage
          && passage.input()
          && passage.scalar() != null
          && (passage.scalar().kind() == ScalarType.Kind.FLOAT
              || passage.scalar().kind() == ScalarType.Kind.ANGLE)) {
        names.add(passage.name());
      }
    }
    return names;
  }

  /// The circuit for these inputs, written as in a program.
  ///
  /// @throws dev.reeve.base.ProblemException `QASM_...`; `QUANTUM_CANCELLED`
  public Circuit bind(Map<String, String> inputs, CancelSignal cancel) {
    Diagnostics diagnostics = new Diagnostics(source, options.limits().errorsMax());
    return OpenQasm.lowered(
            StatementSource.of(program.statements()),
            program.head(),
            options.withInputs(inputs),
            diagnostics,
            cancel)
        .orThrow();
  }
}

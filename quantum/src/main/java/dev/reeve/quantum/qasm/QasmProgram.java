package dev.reeve.quantum.qasm;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /// A circuit some of whose angles inputs may decide.
  ///
  /// @param inputs those without a value
  public record Open(Circuit circuit, List<OpenInput> inputs) {
    public Open {
      inputs = List.copyOf(inputs);
    }
  }

  /// How many readings with all steps allowed the readings of a program with open inputs may take
  /// together.
  private static final int READINGS = 32;

  /// The circuit for some of the inputs; real ones without a value stay open, and may only decide
  /// angles of gates as sums of their multiples. The program is worked through once for each of
  /// them: of many, each reading has fewer steps.
  ///
  /// @param values written as in a program
  /// @throws dev.reeve.base.ProblemException `QASM_...`, also for another input without a value;
  ///   `PARAMETER_INVALID` for one that may not stay open; `QUANTUM_CANCELLED`
  public Open open(Map<String, String> values, CancelSignal cancel) {
    List<OpenInput> open = openInputs(values);
    if (open.isEmpty()) {
      return new Open(bind(values, cancel), open);
    }
    QasmLimits limits = options.limits();
    long steps = Math.min(limits.stepsMax(), (long) READINGS * limits.stepsMax() / open.size());
    QasmProgram each =
        new QasmProgram(
            program, source, options.withLimits(limits.withStepsMax((int) Math.max(1, steps))));
    Circuit circuit =
        OpenReading.read(
            point -> {
              Map<String, String> all = new HashMap<>(values);
              for (int i = 0; i < point.length; i++) {
                all.put(open.get(i).name(), Double.toString(point[i]));
              }
              return each.bind(all, cancel);
            },
            open);
    return new Open(circuit, open);
  }

  /// The inputs that [#open] leaves open, in their order: `float` and `angle`, whose width is not
  /// given or that of a machine.
  private List<OpenInput> openInputs(Map<String, String> values) {
    List<OpenInput> open = new ArrayList<>();
    for (Statement statement : program.statements()) {
      if (statement instanceof Statement.Passage passage
          && passage.input()
          && passage.scalar() != null
          && !values.containsKey(passage.name())) {
        openType(passage.scalar()).ifPresent(type -> open.add(new OpenInput(passage.name(), type)));
      }
    }
    return open;
  }

  private static Optional<String> openType(TypeSyntax type) {
    String word = type.kind().text();
    return switch (type.kind()) {
      case FLOAT ->
          type.width() instanceof Expression.IntegerLiteral(int _, long width)
              ? Optional.of(word + "[" + width + "]")
              : type.width() == null ? Optional.of(word) : Optional.empty();
      case ANGLE -> type.width() == null ? Optional.of(word) : Optional.empty();
      case BIT, BOOL, INT, UINT, COMPLEX, DURATION -> Optional.empty();
    };
  }

  /// The version it is written in.
  public QasmVersion version() {
    return program.head().version();
  }
}

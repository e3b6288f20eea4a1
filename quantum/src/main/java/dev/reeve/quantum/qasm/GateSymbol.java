package dev.reeve.quantum.qasm;

import dev.reeve.quantum.GateOperation;
import java.util.function.Consumer;

/// What the name of a gate stands for.
sealed interface GateSymbol {
  String name();

  /// A gate we know ourselves.
  ///
  /// @param source the file it comes from, for messages
  /// @param replaceable whether a program may define its own in its place
  record Library(
      String name, int parameters, int qubits, Emitter emitter, String source, boolean replaceable)
      implements GateSymbol {}

  /// A gate the program defines.
  ///
  /// @param scope what its angles may refer to
  /// @param depth definitions within definitions, this one included
  record Defined(Statement.GateDefinition definition, Scope scope, int depth)
      implements GateSymbol {
    @Override
    public String name() {
      return definition.name();
    }
  }

  /// A gate that is declared without a definition.
  record Opaque(String name) implements GateSymbol {}

  /// Writes the operations of a gate.
  @FunctionalInterface
  interface Emitter {
    void emit(double[] angles, int[] qubits, Consumer<? super GateOperation> out);
  }

  /// Number of angles it takes.
  default int parameterCount() {
    return switch (this) {
      case Library library -> library.parameters();
      case Defined defined -> defined.definition().parameters().size();
      case Opaque _ -> 0;
    };
  }

  /// Number of qubits it acts on.
  default int qubitCount() {
    return switch (this) {
      case Library library -> library.qubits();
      case Defined defined -> defined.definition().qubits().size();
      case Opaque _ -> 0;
    };
  }
}

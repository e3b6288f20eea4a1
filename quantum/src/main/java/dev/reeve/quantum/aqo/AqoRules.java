package dev.reeve.quantum.aqo;

import dev.reeve.base.Check;
import dev.reeve.quantum.Indexes;
import java.util.List;

/// What operations must keep to because of the document they are in.
final class AqoRules {
  private AqoRules() {}

  /// @throws IllegalArgumentException when an operation is newer than the version, or names a qubit
  ///   that is not there
  static void require(AqoVersion version, int qubits, List<AqoOperation> operations) {
    for (AqoOperation operation : operations) {
      Check.argument(
          since(operation).compareTo(version) <= 0,
          "version: %s has no %s",
          version.text(),
          name(operation));
      switch (operation) {
        case AqoOperation.If branch -> {
          require(version, qubits, branch.then());
          require(version, qubits, branch.otherwise());
        }
        case AqoOperation.For loop -> require(version, qubits, loop.body());
        case AqoOperation.While loop -> require(version, qubits, loop.body());
        case AqoOperation.Gate gate -> require(qubits, gate.qubits());
        case AqoOperation.Measure measure -> require(qubits, measure.qubits());
        case AqoOperation.Reset reset -> require(qubits, reset.qubits());
        case AqoOperation.Barrier barrier -> require(qubits, barrier.qubits());
        case AqoOperation.Delay delay -> require(qubits, delay.qubits());
      }
    }
  }

  private static void require(int qubits, Indexes indexes) {
    for (int i = 0; i < indexes.size(); i++) {
      Check.argument(
          indexes.get(i) < qubits, "qubit: %d (expected: below %d)", indexes.get(i), qubits);
    }
  }

  /// The first version that has the operation.
  static AqoVersion since(AqoOperation operation) {
    return switch (operation) {
      case AqoOperation.Gate gate -> gate.gate().since();
      case AqoOperation.Measure _, AqoOperation.Reset _ -> AqoVersion.V0_1;
      case AqoOperation.Barrier _,
          AqoOperation.Delay _,
          AqoOperation.If _,
          AqoOperation.For _,
          AqoOperation.While _ ->
          AqoVersion.V1_1;
    };
  }

  /// As a document names it.
  static String name(AqoOperation operation) {
    return switch (operation) {
      case AqoOperation.Gate gate -> gate.gate().name();
      case AqoOperation.Measure _ -> "MEASURE";
      case AqoOperation.Reset _ -> "RESET";
      case AqoOperation.Barrier _ -> "BARRIER";
      case AqoOperation.Delay _ -> "DELAY";
      case AqoOperation.If _ -> "IF";
      case AqoOperation.For _ -> "FOR";
      case AqoOperation.While _ -> "WHILE";
    };
  }
}

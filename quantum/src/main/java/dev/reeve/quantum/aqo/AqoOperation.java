package dev.reeve.quantum.aqo;

import dev.reeve.base.Check;
import dev.reeve.quantum.Indexes;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// One operation of a document. Qubits and classical bits count from 0; no operation names a qubit
/// twice. Constructors check what an operation can know by itself.
public sealed interface AqoOperation {
  /// A gate.
  ///
  /// @param qubits controls first
  /// @param arguments one for each of [AqoGate#arguments], radians
  record Gate(AqoGate gate, Indexes qubits, List<AqoValue.Argument> arguments)
      implements AqoOperation {
    public Gate {
      Objects.requireNonNull(gate, "gate");
      arguments = List.copyOf(arguments);
      requireSize("qubits", qubits.size(), gate.qubits());
      requireSize("arguments", arguments.size(), gate.arguments().size());
      requireDistinct(qubits);
    }

    /// A gate with fixed angles.
    public static Gate of(AqoGate gate, double[] angles, int... qubits) {
      AqoValue.Argument[] arguments = new AqoValue.Argument[angles.length];
      for (int i = 0; i < angles.length; i++) {
        arguments[i] = new AqoValue.Decimal(angles[i]);
      }
      return new Gate(gate, Indexes.of(qubits), List.of(arguments));
    }

    /// A gate without angles.
    public static Gate of(AqoGate gate, int... qubits) {
      return new Gate(gate, Indexes.of(qubits), List.of());
    }
  }

  /// Measures qubits, each into its bit.
  ///
  /// @param bits one for each qubit
  /// @param basis empty when the document leaves it out, which means Z
  record Measure(Indexes qubits, Indexes bits, Optional<AqoBasis> basis) implements AqoOperation {
    public Measure {
      Objects.requireNonNull(basis, "basis");
      requireSome(qubits);
      requireSize("bits", bits.size(), qubits.size());
      requireDistinct(qubits);
      requireDistinct(bits);
    }
  }

  /// Puts qubits into the zero state.
  record Reset(Indexes qubits) implements AqoOperation {
    public Reset {
      requireSome(qubits);
      requireDistinct(qubits);
    }
  }

  /// Keeps operations on these qubits from being moved across it.
  record Barrier(Indexes qubits) implements AqoOperation {
    public Barrier {
      requireSome(qubits);
      requireDistinct(qubits);
    }
  }

  /// Lets qubits wait.
  ///
  /// @param nanoseconds not negative
  record Delay(Indexes qubits, AqoValue.Argument nanoseconds) implements AqoOperation {
    /// What a document calls the duration.
    public static final String ARGUMENT = "duration_ns";

    public Delay {
      Objects.requireNonNull(nanoseconds, "nanoseconds");
      requireSome(qubits);
      requireDistinct(qubits);
    }
  }

  /// Runs one of two regions.
  ///
  /// @param condition which one
  /// @param then when it holds; not empty
  /// @param otherwise when it does not; may be empty
  record If(AqoCondition condition, List<AqoOperation> then, List<AqoOperation> otherwise)
      implements AqoOperation {
    public If {
      Objects.requireNonNull(condition, "condition");
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
      Check.argument(!then.isEmpty(), "then: empty (expected: operations)");
    }
  }

  /// Repeats a region a fixed number of times.
  ///
  /// @param count at least 1
  record For(int count, List<AqoOperation> body) implements AqoOperation {
    public For {
      body = List.copyOf(body);
      Check.argument(count >= 1, "count: %d (expected: >= 1)", count);
      Check.argument(!body.isEmpty(), "body: empty (expected: operations)");
    }
  }

  /// Repeats a region while a condition holds.
  ///
  /// @param roundsMax more than these are refused while running; at least 1
  record While(AqoCondition condition, int roundsMax, List<AqoOperation> body)
      implements AqoOperation {
    public While {
      Objects.requireNonNull(condition, "condition");
      body = List.copyOf(body);
      Check.argument(roundsMax >= 1, "roundsMax: %d (expected: >= 1)", roundsMax);
      Check.argument(!body.isEmpty(), "body: empty (expected: operations)");
    }
  }

  private static void requireSome(Indexes qubits) {
    Check.argument(qubits.size() > 0, "qubits: none (expected: at least one)");
  }

  private static void requireSize(String what, int size, int expected) {
    Check.argument(size == expected, "%s: %d (expected: %d)", what, size, expected);
  }

  private static void requireDistinct(Indexes indexes) {
    if (indexes.size() < 2) {
      return;
    }
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < indexes.size(); i++) {
      Check.argument(seen.add(indexes.get(i)), "index: %d twice", indexes.get(i));
    }
  }
}

package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.aqo.AqoCondition;
import dev.reeve.quantum.aqo.AqoOperation;
import dev.reeve.quantum.aqo.AqoValue;
import dev.reeve.quantum.qasm.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The circuit while it grows, operation by operation in the order of the source.
final class CircuitDraft {
  private final EigenLangLimits limits;
  private final Diagnostics diagnostics;

  /// The innermost region that is open comes last.
  private final List<List<AqoOperation>> regions = new ArrayList<>(List.of(new ArrayList<>()));

  /// By name, in order of declaration; empty for one without a value.
  private final Map<String, Optional<AqoValue.Argument>> parameters = new LinkedHashMap<>();

  private int indexes = 1;
  private int declaredQubits;
  private int declaredBits;
  private boolean registersUsed;
  private int operations;
  private int measurements;

  /// By bit: the last measurement that wrote it.
  private final Map<Integer, Integer> writers = new HashMap<>();

  CircuitDraft(EigenLangLimits limits, Diagnostics diagnostics) {
    this.limits = limits;
    this.diagnostics = diagnostics;
  }

  void add(int offset, AqoOperation operation) {
    operations += weight(operation);
    if (operations > limits.operationsMax()) {
      throw diagnostics.limit(offset, "more than %d operations".formatted(limits.operationsMax()));
    }
    regions.getLast().add(operation);
  }

  /// A measurement of many qubits is as many measurements.
  private static int weight(AqoOperation operation) {
    return switch (operation) {
      case AqoOperation.Measure measure -> measure.qubits().size();
      case AqoOperation.Barrier barrier -> barrier.qubits().size();
      default -> 1;
    };
  }

  /// Notes that bits are written by a measurement, and numbers it.
  int measured(Indexes bits) {
    measurements++;
    for (int i = 0; i < bits.size(); i++) {
      writers.put(bits.get(i), measurements);
    }
    return measurements;
  }

  /// Whether bits still hold what a measurement wrote.
  boolean holds(Indexes bits, int measurement) {
    for (int i = 0; i < bits.size(); i++) {
      if (writers.getOrDefault(bits.get(i), 0) != measurement) {
        return false;
      }
    }
    return true;
  }

  /// Notes that an index of a qubit or a bit is used.
  void use(int offset, int index) {
    if (index >= limits.qubitsMax()) {
      throw diagnostics.limit(
          offset, "index %d (at most %d)".formatted(index, limits.qubitsMax() - 1));
    }
    indexes = Math.max(indexes, index + 1);
  }

  /// Checks that one operation may have one more operand.
  ///
  /// @param operands how many it has
  void requireRoom(int offset, int operands) {
    if (operands >= limits.qubitsMax()) {
      throw diagnostics.limit(
          offset, "an operation of more than %d operands".formatted(limits.qubitsMax()));
    }
  }

  /// Declares a register of qubits or bits.
  Value.Register declare(int offset, boolean quantum, long size) {
    int first = quantum ? declaredQubits : declaredBits;
    if (size > limits.qubitsMax() - first) {
      throw diagnostics.limit(
          offset, "registers of more than %d elements".formatted(limits.qubitsMax()));
    }
    if (quantum) {
      declaredQubits += (int) size;
    } else {
      declaredBits += (int) size;
    }
    return new Value.Register(quantum, first, (int) size);
  }

  /// From now on the registers of qubits count, used or not.
  void useRegisters() {
    registersUsed = true;
  }

  /// Qubits known so far: one more than the highest index, or as many as the registers have.
  int qubits() {
    return registersUsed ? Math.max(indexes, declaredQubits) : indexes;
  }

  /// How many operations there are so far.
  int size() {
    return operations;
  }

  boolean inRegion() {
    return regions.size() > 1;
  }

  void openRegion() {
    regions.add(new ArrayList<>());
  }

  List<AqoOperation> closeRegion() {
    return regions.removeLast();
  }

  /// Adds what runs when bits have a value, or when they have not.
  void branch(
      int offset, Indexes bits, long value, List<AqoOperation> then, List<AqoOperation> otherwise) {
    if (then.isEmpty() && otherwise.isEmpty()) {
      return;
    }
    if (!then.isEmpty()) {
      add(offset, new AqoOperation.If(new AqoCondition(bits, value), then, otherwise));
      return;
    }
    if (bits.size() == 1) {
      add(offset, new AqoOperation.If(new AqoCondition(bits, 1 - value), otherwise, List.of()));
      return;
    }
    // A condition has something to do when it holds: a barrier does nothing.
    List<AqoOperation> idle = List.of(new AqoOperation.Barrier(Indexes.of(0)));
    add(offset, new AqoOperation.If(new AqoCondition(bits, value), idle, otherwise));
  }

  /// Declares a parameter; the same again is no harm.
  void parameter(int offset, String name, Optional<AqoValue.Argument> preset) {
    Optional<AqoValue.Argument> before = parameters.putIfAbsent(name, preset);
    if (before != null && !before.equals(preset)) {
      throw diagnostics.invalid(offset, "the Param " + name + " again with another default", "");
    }
  }

  Map<String, Optional<AqoValue.Argument>> parameters() {
    return parameters;
  }

  /// The operations, closed by a measurement of everything when none stands last.
  List<AqoOperation> finished() {
    List<AqoOperation> all = regions.getFirst();
    if (all.isEmpty() || !(all.getLast() instanceof AqoOperation.Measure)) {
      Indexes every = Indexes.range(0, qubits());
      all.add(new AqoOperation.Measure(every, every, Optional.empty()));
    }
    return all;
  }
}

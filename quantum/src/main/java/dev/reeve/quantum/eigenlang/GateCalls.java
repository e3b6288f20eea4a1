package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.aqo.AqoBasis;
import dev.reeve.quantum.aqo.AqoGate;
import dev.reeve.quantum.aqo.AqoOperation;
import dev.reeve.quantum.aqo.AqoValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Calls that act on qubits: gates, measurements, resets, barriers.
final class GateCalls {
  private final CircuitDraft draft;
  private final Operands operands;

  GateCalls(CircuitDraft draft, Operands operands) {
    this.draft = draft;
    this.operands = operands;
  }

  /// The gate that a program calls by this name.
  static Optional<AqoGate> gate(String name) {
    if (name.equals("cnot")) {
      return Optional.of(AqoGate.CX);
    }
    return name.equals(name.toLowerCase(Locale.ROOT)) && !name.equals("gphase")
        ? AqoGate.of(name.toUpperCase(Locale.ROOT))
        : Optional.empty();
  }

  /// A gate on qubits; on whole registers, the same gate on each of their qubits in turn.
  void apply(AqoGate gate, Arguments arguments) {
    List<List<Integer>> qubits = new ArrayList<>();
    int repeats = 1;
    for (int i = 0; i < gate.qubits(); i++) {
      Arguments.Given given = arguments.require(gate.qubits() == 1 ? "qubit" : "qubit " + i);
      List<Integer> indexes = operands.indexes(given, true);
      boolean whole = given.value() instanceof Value.Register;
      if (!whole && indexes.size() != 1) {
        throw arguments.wrong(given, arguments.function(), "a qubit or a register");
      }
      if (whole && repeats > 1 && indexes.size() > 1 && indexes.size() != repeats) {
        throw arguments.wrong(given, arguments.function(), "a register of " + repeats);
      }
      repeats = Math.max(repeats, indexes.size());
      qubits.add(indexes);
    }
    List<AqoValue.Argument> angles = new ArrayList<>();
    for (String name : gate.arguments()) {
      angles.add(operands.angle(arguments.require(name), name));
    }
    arguments.finish();
    for (int repeat = 0; repeat < repeats; repeat++) {
      List<Integer> on = new ArrayList<>();
      for (List<Integer> indexes : qubits) {
        on.add(indexes.get(indexes.size() == 1 ? 0 : repeat));
      }
      Indexes distinct = operands.distinct(arguments.offset(), "qubit", on);
      draft.add(arguments.offset(), new AqoOperation.Gate(gate, distinct, angles));
    }
  }

  /// `reset` of one qubit, or of each of a register.
  void reset(Arguments arguments) {
    List<Integer> qubits = operands.indexes(arguments.require("qubit"), true);
    arguments.finish();
    for (int qubit : qubits) {
      draft.add(arguments.offset(), new AqoOperation.Reset(Indexes.of(qubit)));
    }
  }

  /// `barrier` on qubits, or on all of them.
  void barrier(Arguments arguments) {
    List<Integer> qubits = new ArrayList<>();
    for (Arguments.Given given : arguments.takeRest()) {
      qubits.addAll(operands.indexes(given, true));
    }
    arguments.finish();
    Indexes on =
        qubits.isEmpty()
            ? Indexes.range(0, draft.qubits())
            : operands.distinct(arguments.offset(), "qubit", qubits);
    draft.add(arguments.offset(), new AqoOperation.Barrier(on));
  }

  /// `measure`: each qubit into its bit, by default into 0, 1, ... of this measurement.
  Value measure(Arguments arguments) {
    List<Integer> qubits = new ArrayList<>();
    Optional<Arguments.Given> into = arguments.takeNamed("c");
    for (Arguments.Given given : arguments.takeRest()) {
      boolean bits = given.value() instanceof Value.Register register && !register.quantum();
      if (bits && into.isEmpty() && !qubits.isEmpty()) {
        into = Optional.of(given);
      } else {
        qubits.addAll(operands.indexes(given, true));
      }
    }
    Optional<AqoBasis> basis = arguments.takeNamed("basis").map(given -> basis(arguments, given));
    arguments.finish();
    if (qubits.isEmpty()) {
      throw arguments.invalid(arguments.offset(), "measure without a qubit (expected: at least 1)");
    }
    Indexes measured = operands.distinct(arguments.offset(), "qubit", qubits);
    Indexes bits =
        into.map(given -> bits(arguments, given, qubits.size()))
            .orElseGet(() -> Indexes.range(0, qubits.size()));
    draft.add(arguments.offset(), new AqoOperation.Measure(measured, bits, basis));
    return new Value.Outcome(bits, draft.measured(bits));
  }

  private Indexes bits(Arguments arguments, Arguments.Given given, int size) {
    List<Integer> bits = operands.indexes(given, false);
    if (bits.size() != size) {
      throw arguments.invalid(
          given.offset(),
          "c: %d bits (expected: %d, one for each qubit)".formatted(bits.size(), size));
    }
    return operands.distinct(given.offset(), "bit", bits);
  }

  private static AqoBasis basis(Arguments arguments, Arguments.Given given) {
    if (given.value() instanceof Value.Text text) {
      for (AqoBasis basis : AqoBasis.values()) {
        if (basis.name().equals(text.text())) {
          return basis;
        }
      }
    }
    throw arguments.wrong(given, "basis", "\"X\", \"Y\" or \"Z\"");
  }

  /// `measure_all`: every qubit known so far into the bit of its own index.
  Value measureAll(Arguments arguments) {
    arguments.finish();
    Indexes every = Indexes.range(0, draft.qubits());
    draft.add(arguments.offset(), new AqoOperation.Measure(every, every, Optional.empty()));
    return new Value.Outcome(every, draft.measured(every));
  }
}

package dev.reeve.quantum.hybrid;

import dev.reeve.base.Check;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A circuit in which parameters stand for some angles. Binding copies the list of operations and
/// replaces those gates, nothing else.
///
/// @param template with any finite number where a parameter stands
/// @param slots where parameters stand, each place once
public record ParametricCircuit(Circuit template, List<Slot> slots) implements CircuitTemplate {
  /// A place for a parameter.
  ///
  /// @param gate number of the gate, from 0, among the gates of the circuit in the order of its
  ///   text; those of regions are counted where they stand, `then` before `otherwise`
  /// @param position which of the gate's angles
  /// @param angle what stands there
  public record Slot(int gate, int position, ParameterAngle angle) {
    public Slot {
      Check.argument(gate >= 0, "gate: %d (expected: >= 0)", gate);
      Check.argument(position >= 0, "position: %d (expected: >= 0)", position);
    }
  }

  public ParametricCircuit {
    slots = List.copyOf(slots);
  }

  /// A circuit without parameters.
  public static ParametricCircuit of(Circuit circuit) {
    return new ParametricCircuit(circuit, List.of());
  }

  @Override
  public List<String> parameters() {
    TreeSet<String> names = new TreeSet<>();
    slots.forEach(slot -> names.addAll(slot.angle().factors().keySet()));
    return List.copyOf(names);
  }

  @Override
  public Circuit bind(Map<String, Double> values) {
    if (slots.isEmpty()) {
      return template;
    }
    Map<Integer, List<Slot>> byGate = new HashMap<>();
    for (Slot slot : slots) {
      byGate.computeIfAbsent(slot.gate(), _ -> new ArrayList<>()).add(slot);
    }
    List<Operation> bound = new Binding(byGate, values).of(template.operations());
    return new Circuit(
        template.qubits(),
        template.bits(),
        template.variables(),
        template.qubitRegisters(),
        template.bitRegisters(),
        bound);
  }

  /// One walk over the operations, which counts their gates.
  private static final class Binding {
    private final Map<Integer, List<Slot>> byGate;
    private final Map<String, Double> values;
    private int gates;

    Binding(Map<Integer, List<Slot>> byGate, Map<String, Double> values) {
      this.byGate = byGate;
      this.values = values;
    }

    List<Operation> of(List<Operation> operations) {
      List<Operation> bound = new ArrayList<>(operations.size());
      for (Operation operation : operations) {
        bound.add(
            switch (operation) {
              case GateOperation gate -> of(gate);
              case Operation.If branch ->
                  new Operation.If(branch.condition(), of(branch.then()), of(branch.otherwise()));
              case Operation.While loop ->
                  new Operation.While(loop.condition(), of(loop.body()), loop.iterationsMax());
              case Operation.Quantum _, Operation.AssignBits _, Operation.AssignVariable _ ->
                  operation;
            });
      }
      return bound;
    }

    private GateOperation of(GateOperation gate) {
      List<Slot> mine = byGate.get(gates++);
      if (mine == null) {
        return gate;
      }
      double[] angles = new double[gate.gate().angles()];
      for (int i = 0; i < angles.length; i++) {
        angles[i] = gate.angle(i);
      }
      for (Slot slot : mine) {
        angles[slot.position()] = slot.angle().value(values);
      }
      return gate.withGate(gate.gate(), angles);
    }
  }
}

package dev.reeve.quantum.eigenlang;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.aqo.AqoDocument;
import dev.reeve.quantum.aqo.AqoLimits;
import dev.reeve.quantum.aqo.AqoLowering;
import dev.reeve.quantum.hybrid.CircuitTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Finds where the parameters of a document stand in its circuit: lowers it once with every
/// parameter at 0 and once with values that tell them apart, and compares the angles.
///
/// @param parameters every name, in the order in which values are given
record DocumentTemplate(AqoDocument document, List<String> parameters) {
  /// Values 1 + i / 2^20 are exact, and so are their differences to 0.
  private static final double STEPS = 1 << 20;

  DocumentTemplate {
    Objects.requireNonNull(document, "document");
    parameters = List.copyOf(parameters);
  }

  /// @throws dev.reeve.base.ProblemException `EIGEN_LANG_INVALID` when an angle follows a parameter
  ///   where a measurement decides, or is one of several of its gate
  CircuitTemplate template() {
    Map<String, Double> zero = new HashMap<>();
    Map<String, Double> apart = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      zero.put(parameters.get(i), 0.0);
      apart.put(parameters.get(i), 1 + i / STEPS);
    }
    Circuit circuit = AqoLowering.circuit(document, zero, AqoLimits.DEFAULT);
    if (parameters.isEmpty()) {
      return CircuitTemplate.of(circuit);
    }
    List<Operation> marked = AqoLowering.circuit(document, apart, AqoLimits.DEFAULT).operations();
    List<CircuitTemplate.Slot> slots = new ArrayList<>();
    for (int i = 0; i < marked.size(); i++) {
      if (!marked.get(i).equals(circuit.operations().get(i))) {
        slots.add(slot(i, marked.get(i)));
      }
    }
    return new CircuitTemplate(circuit, parameters, slots);
  }

  private CircuitTemplate.Slot slot(int position, Operation operation) {
    if (operation instanceof GateOperation gate && gate.gate().angles() == 1) {
      double parameter = (Math.abs(gate.angle(0)) - 1) * STEPS;
      if (parameter >= 0 && parameter < parameters.size() && parameter == Math.rint(parameter)) {
        return new CircuitTemplate.Slot(position, (int) parameter, Math.signum(gate.angle(0)), 0);
      }
    }
    throw QuantumProblems.EIGEN_LANG_INVALID
        .because(
            "a Param in a gate with several angles, or where a measurement decides"
                + " (expected: in a rotation of its own)")
        .withField("source", "a Param where it cannot be followed")
        .toException();
  }
}

package dev.reeve.quantum.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Circuits that get their angles later.
final class ParametricCircuitTest {
  private static final GateOperation OPEN = GateOperation.of(Gate.RZ, new double[] {0}, 0);

  @Test
  void angles_are_set_where_the_parameters_stand_and_nowhere_else() {
    Circuit template =
        Circuit.of(
            2,
            1,
            List.of(
                GateOperation.of(Gate.H, 0),
                OPEN.controlledBy(1, false),
                new Operation.Measure(0, 0),
                new Operation.If(
                    new ClassicalExpression.Constant(1), List.of(OPEN), List.of(OPEN))));
    ParametricCircuit circuit =
        new ParametricCircuit(
            template,
            List.of(
                new ParametricCircuit.Slot(1, 0, ParameterAngle.of("b")),
                new ParametricCircuit.Slot(
                    3, 0, new ParameterAngle(0.5, new TreeMap<>(Map.of("a", 2.0, "b", -1.0))))));

    Circuit bound = circuit.bind(Map.of("a", 3.0, "b", 0.25));

    assertThat(circuit.parameters()).containsExactly("a", "b");
    assertThat(bound.operations())
        .containsExactly(
            GateOperation.of(Gate.H, 0),
            GateOperation.of(Gate.RZ, new double[] {0.25}, 0).controlledBy(1, false),
            new Operation.Measure(0, 0),
            new Operation.If(
                new ClassicalExpression.Constant(1),
                List.of(OPEN),
                List.of(GateOperation.of(Gate.RZ, new double[] {6.25}, 0))));
  }

  @ParameterizedTest
  @CsvSource({
    "cobyla, COBYLA",
    "Nelder-Mead, NELDER_MEAD",
    "nelder_mead, NELDER_MEAD",
    "SPSA, SPSA",
    "parameter-shift, GRADIENT",
    "gradient descent, GRADIENT"
  })
  void methods_have_the_names_that_people_give_them(String word, MinimizeMethod method) {
    assertThat(MinimizePlan.parse("minimize", word, Map.of("a", 1.0), Map.of()).method())
        .isEqualTo(method);
  }

  @ParameterizedTest
  @CsvSource({
    "BFGS, maxiter, 10, minimize.method: \"BFGS\"",
    "SPSA, maxiter, 0, minimize.maxiter: \"0\"",
    "SPSA, maxiter, 1.5, minimize.maxiter: \"1.5\"",
    "SPSA, maxiter, 1e9, minimize.maxiter: \"1e9\"",
    "COBYLA, tol, -1, minimize.tol: \"-1\"",
    "COBYLA, tol, NaN, minimize.tol: \"NaN\"",
    "COBYLA, rhobeg, wide, minimize.rhobeg: \"wide\"",
  })
  void settings_out_of_bounds_are_refused_by_name(
      String method, String key, String value, String message) {
    assertThatThrownBy(
            () -> MinimizePlan.parse("minimize", method, Map.of("a", 1.0), Map.of(key, value)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("expected: ");
  }
}

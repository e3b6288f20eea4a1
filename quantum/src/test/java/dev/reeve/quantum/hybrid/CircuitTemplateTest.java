package dev.reeve.quantum.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CircuitTemplateTest {
  private static final Circuit CIRCUIT =
      Circuit.of(
          1,
          1,
          List.of(
              GateOperation.of(Gate.RY, new double[] {0}, 0),
              GateOperation.of(Gate.H, 0),
              new Operation.Measure(0, 0)));

  @Test
  void binding_puts_values_where_the_parameters_stand() {
    CircuitTemplate template =
        new CircuitTemplate(
            CIRCUIT, List.of("theta"), List.of(new CircuitTemplate.Slot(0, 0, 2, 0.5)));

    Circuit bound = template.bind(0.25);

    assertThat(bound.operations().getFirst())
        .isEqualTo(GateOperation.of(Gate.RY, new double[] {1}, 0));
    assertThat(bound.operations().subList(1, 3)).isEqualTo(CIRCUIT.operations().subList(1, 3));
  }

  @Test
  void a_parameter_stands_only_where_a_gate_has_one_angle() {
    assertThatThrownBy(() ->
            new CircuitTemplate(
                CIRCUIT, List.of("theta"), List.of(new CircuitTemplate.Slot(1, 0, 1, 0))))
        .hasMessageContaining("operation: 1");
  }

  @Test
  void every_method_is_found_by_its_word() {
    for (MinimizeMethod method : MinimizeMethod.values()) {
      assertThat(MinimizeMethod.of(method.word())).contains(method);
    }
    assertThat(MinimizeMethod.of("nelder_mead")).contains(MinimizeMethod.NELDER_MEAD);
    assertThat(MinimizeMethod.of("L-BFGS")).isEmpty();
  }
}

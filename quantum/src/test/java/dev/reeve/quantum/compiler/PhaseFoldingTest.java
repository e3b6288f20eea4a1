package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Turns by the same parity become one, and the circuit does what it did.
class PhaseFoldingTest {
  @Test
  void turns_across_a_controlled_flip_and_back_are_added_up() {
    List<Operation> folded =
        PhaseFolding.fold(
            List.of(
                GateOperation.of(Gate.T, 0),
                flip(1, 0),
                GateOperation.of(Gate.T, 0),
                flip(1, 0),
                GateOperation.of(Gate.H, 1),
                GateOperation.of(Gate.T, 0)),
            2);

    assertThat(folded)
        .containsExactly(
            GateOperation.of(Gate.P, new double[] {Math.PI / 2}, 0),
            flip(1, 0),
            GateOperation.of(Gate.T, 0),
            flip(1, 0),
            GateOperation.of(Gate.H, 1));
  }

  @Test
  void a_flip_turns_the_angle_round() {
    List<Operation> folded =
        PhaseFolding.fold(
            List.of(
                GateOperation.of(Gate.T, 0),
                GateOperation.of(Gate.X, 0),
                GateOperation.of(Gate.T, 0)),
            1);

    assertThat(folded).containsExactly(GateOperation.of(Gate.X, 0));
  }

  @Test
  void nothing_is_carried_across_a_barrier_a_measurement_or_a_superposition() {
    for (Operation between :
        List.of(
            new Operation.Barrier(Indexes.of(0)),
            new Operation.Delay(0, 10),
            new Operation.Measure(0, 0),
            GateOperation.of(Gate.H, 0))) {
      List<Operation> source =
          List.of(GateOperation.of(Gate.T, 0), between, GateOperation.of(Gate.T, 0));

      assertThat(PhaseFolding.fold(source, 1)).isEqualTo(source);
    }
  }

  @Test
  void ladders_of_toffoli_gates_need_fewer_turns() {
    List<Operation> ladder = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ladder.add(toffoli(i, i + 1, i + 2));
    }
    for (int i = 3; i >= 0; i--) {
      ladder.add(toffoli(i, i + 1, i + 2));
    }
    List<Operation> flat = Decomposer.decompose(ladder, 6);

    List<Operation> folded = PhaseFolding.fold(flat, 6);

    assertThat(turnsOfAnEighth(flat)).isEqualTo(8 * 7);
    assertThat(turnsOfAnEighth(folded)).isLessThanOrEqualTo(36);
    assertThat(CircuitEquivalence.compare(Circuit.of(6, 0, flat), Circuit.of(6, 0, folded)))
        .isEqualTo(Certificate.of(true, Certificate.Method.WHOLE_UNITARY));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void random_circuits_do_what_they_did(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Operation> source = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int a = random.nextInt(4);
      int b = (a + 1 + random.nextInt(3)) % 4;
      source.add(
          switch (random.nextInt(8)) {
            case 0 -> GateOperation.of(Gate.X, a);
            case 1 -> GateOperation.of(Gate.Y, a);
            case 2 -> GateOperation.of(Gate.RZ, new double[] {random.nextDouble()}, a);
            case 3 -> GateOperation.of(Gate.TDG, a);
            case 4 -> i % 3 == 0 ? GateOperation.of(Gate.H, a) : GateOperation.of(Gate.S, a);
            case 5 -> GateOperation.of(Gate.X, a).controlledBy(b, false);
            default -> flip(b, a);
          });
    }

    List<Operation> folded = PhaseFolding.fold(source, 4);

    assertThat(folded).hasSizeLessThan(source.size());
    assertThat(
            CircuitEquivalence.compare(Circuit.of(4, 0, source), Circuit.of(4, 0, folded))
                .equivalent())
        .contains(true);
  }

  @Test
  void a_compile_folds_from_level_2_on_and_proves_it() {
    Circuit source =
        Circuit.of(3, 0, List.of(toffoli(0, 1, 2), GateOperation.of(Gate.T, 0), toffoli(0, 1, 2)));

    CompiledCircuit light = compile(source, CompileLevel.LIGHT);
    CompiledCircuit medium = compile(source, CompileLevel.MEDIUM);

    assertThat(medium.twoQubitGates()).isLessThan(light.twoQubitGates());
    assertThat(medium.certificate().equivalent()).contains(true);
  }

  private static CompiledCircuit compile(Circuit source, CompileLevel level) {
    return new CircuitCompiler(DeviceModels.of("full_3").orElseThrow())
        .compile(source, CompileOptions.of(level, 0), ProgressListener.NONE, CancelSignal.NEVER);
  }

  private static long turnsOfAnEighth(List<Operation> operations) {
    return operations.stream()
        .filter(each ->
            each instanceof GateOperation gate
                && switch (gate.gate()) {
                  case T, TDG -> true;
                  case P, RZ -> Math.abs(Math.IEEEremainder(gate.angle(0), Math.PI / 2)) > 1e-9;
                  default -> false;
                })
        .count();
  }

  private static GateOperation flip(int control, int target) {
    return GateOperation.of(Gate.X, target).controlledBy(control, true);
  }

  private static GateOperation toffoli(int a, int b, int target) {
    return GateOperation.of(Gate.X, target).controlledBy(a, true).controlledBy(b, true);
  }
}

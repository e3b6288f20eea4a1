package dev.reeve.quantum.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.PauliSum;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Programs with parameters, from their values to what is told about them.
final class HybridRunnerTest {
  /// Hydrogen at 0.735 angstrom on two qubits, in hartree, and its exact ground energy.
  private static final String HYDROGEN =
      "-1.052373245772859 + 0.39793742484318045*Z0 - 0.39793742484318045*Z1"
          + " - 0.01128010425623538*Z0*Z1 + 0.18093119978423156*X0*X1";

  private static final double GROUND_HARTREE = -1.8572750302023797;
  private static final double CHEMICAL_ACCURACY_HARTREE = 0.0016;

  /// Two layers of rotations about a pair of controlled flips.
  private static CircuitTemplate ansatz() {
    List<Operation> operations = new ArrayList<>();
    List<CircuitTemplate.Slot> slots = new ArrayList<>();
    for (int parameter = 0; parameter < 4; parameter++) {
      slots.add(new CircuitTemplate.Slot(operations.size(), parameter, 1, 0));
      operations.add(rotation(parameter % 2));
      if (parameter == 1) {
        operations.add(GateOperation.of(Gate.X, 1).controlledBy(0, true));
      }
    }
    return new CircuitTemplate(Circuit.of(2, 0, operations), List.of("a", "b", "c", "d"), slots);
  }

  private static GateOperation rotation(int qubit) {
    return GateOperation.of(Gate.RY, new double[] {0}, qubit);
  }

  private static HybridProgram hydrogen(MinimizeMethod method, int iterations) {
    return new HybridProgram(
        ansatz(),
        Map.of(),
        Optional.of(PauliSum.parse("observable", HYDROGEN)),
        Optional.of(
            new Minimization(
                method,
                List.of(0.1, 0.2, 0.3, 0.4),
                new TreeMap<>(Map.of("max_iters", (double) iterations, "tol", 1e-5)))),
        new TreeMap<>());
  }

  private static HybridRunner.Answer run(HybridProgram program, Map<String, Double> values) {
    return run(program, values, CancelSignal.NEVER, new ArrayList<>());
  }

  private static HybridRunner.Answer run(
      HybridProgram program,
      Map<String, Double> values,
      CancelSignal cancel,
      List<Double> iterations) {
    return new HybridRunner(new CircuitSimulator())
        .run(
            new HybridRunner.Request(
                program, values, SimulationMethod.AUTO, RunOptions.of(1_000, 5, 1 << 20)),
            cancel,
            new HybridRunner.Listener() {
              @Override
              public void chosen(CircuitSimulator.Choice choice) {}

              @Override
              public void iterated(int iteration, int iterationsMax, double best) {
                iterations.add(best);
              }

              @Override
              public void progressed(double fraction) {}
            });
  }

  @ParameterizedTest
  @CsvSource({"COBYLA, 1000", "NELDER_MEAD, 1000", "SPSA, 400", "GRADIENT, 300"})
  void hydrogen_is_found_within_chemical_accuracy(MinimizeMethod method, int iterations) {
    List<Double> told = new ArrayList<>();

    HybridRunner.Answer answer =
        run(hydrogen(method, iterations), Map.of(), CancelSignal.NEVER, told);

    SortedMap<String, String> facts = AnswerFacts.of(answer);
    assertThat(Double.parseDouble(facts.get("energy")))
        .isBetween(GROUND_HARTREE - 1e-6, GROUND_HARTREE + CHEMICAL_ACCURACY_HARTREE);
    assertThat(answer.result().counts().values().stream().mapToLong(n -> n).sum()).isEqualTo(1_000);
    assertThat(answer.result().counts().get("01")).isGreaterThan(900);
    assertThat(told).hasSize(answer.minimum().orElseThrow().iterations());
    assertThat(facts)
        .containsEntry("optimizer", method.word())
        .containsKeys("optimizer_evaluations", "optimizer_iterations", "optimizer_history");
    assertThat(facts.get("parameters")).startsWith("{\"a\":");
  }

  @Test
  void a_cancel_ends_a_search() {
    List<Double> told = new ArrayList<>();

    assertThatThrownBy(() ->
            run(hydrogen(MinimizeMethod.COBYLA, 1_000), Map.of(), () -> told.size() >= 3, told))
        .hasMessageContaining("QUANTUM_CANCELLED");

    assertThat(told).hasSize(3);
  }

  @Test
  void values_come_from_the_caller_then_from_the_program() {
    HybridProgram program =
        new HybridProgram(
            ansatz(),
            Map.of("a", Math.PI, "b", 1.0, "c", 0.0, "d", 0.0),
            Optional.of(PauliSum.parse("observable", "Z0")),
            Optional.empty(),
            new TreeMap<>());

    assertThat(AnswerFacts.of(run(program, Map.of()))).containsEntry("energy", "-1.000000");
    assertThat(AnswerFacts.of(run(program, Map.of("a", 0.0)))).containsEntry("energy", "1.000000");
    assertThatThrownBy(() -> run(program, Map.of("angle", 0.0)))
        .hasMessageContaining("param.angle: \"angle\" (expected: a parameter: a, b, c, d)");
    assertThatThrownBy(() -> run(HybridProgram.of(ansatz()), Map.of("a", 0.0)))
        .hasMessageContaining("param.b: \"none\" (expected: a finite number)");
  }

  /// Against a difference quotient, for gates with and without controls, used more than once.
  @Test
  void gradients_are_exact() {
    CircuitTemplate template =
        new CircuitTemplate(
            Circuit.of(
                2,
                0,
                List.of(
                    GateOperation.of(Gate.H, 0),
                    rotation(1),
                    rotation(1).controlledBy(0, true),
                    GateOperation.of(Gate.P, new double[] {0}, 1).controlledBy(0, false),
                    GateOperation.of(Gate.RXX, new double[] {0}, 0, 1),
                    GateOperation.of(Gate.H, 1))),
            List.of("a", "b"),
            List.of(
                new CircuitTemplate.Slot(1, 0, 2, 0.3),
                new CircuitTemplate.Slot(2, 0, -1, 0),
                new CircuitTemplate.Slot(3, 1, 1, 0),
                new CircuitTemplate.Slot(4, 1, 0.5, 0.1)));
    PauliSum observable = PauliSum.parse("observable", "Z0*Z1 + 0.5*X1 - Y0");
    CircuitObjective objective =
        new CircuitObjective(
            template,
            circuit ->
                run(
                        new HybridProgram(
                            CircuitTemplate.of(circuit),
                            Map.of(),
                            Optional.of(observable),
                            Optional.empty(),
                            new TreeMap<>()),
                        Map.of())
                    .result()
                    .found()
                    .expectations()
                    .getFirst()
                    .value());

    double[] gradient = objective.gradient(new double[] {0.4, 0.9});

    double h = 1e-5;
    assertThat(gradient[0])
        .isCloseTo(
            (objective.at(new double[] {0.4 + h, 0.9}) - objective.at(new double[] {0.4 - h, 0.9}))
                / (2 * h),
            within(1e-8));
    assertThat(gradient[1])
        .isCloseTo(
            (objective.at(new double[] {0.4, 0.9 + h}) - objective.at(new double[] {0.4, 0.9 - h}))
                / (2 * h),
            within(1e-8));
  }
}

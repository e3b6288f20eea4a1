package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// Exact distributions of circuits that measure, reset and decide on their way.
class ExactOutcomesTest {
  private static final String HEAD = "OPENQASM 3.0; include \"stdgates.inc\"; ";

  @Test
  void a_coin_that_is_tossed_twice_has_four_outcomes() {
    assertDistribution(
        "qubit q; bit[2] c; h q; c[0] = measure q; h q; c[1] = measure q;",
        Map.of("00", 0.25, "01", 0.25, "10", 0.25, "11", 0.25));
  }

  @Test
  void a_decision_turns_what_it_turns() {
    double one = Math.pow(Math.sin(0.3), 2);
    double after = Math.pow(Math.sin(0.5), 2);
    assertDistribution(
        "qubit[2] q; bit[2] c; rx(0.6) q[0]; c[0] = measure q[0];"
            + " if (c[0]) { rx(1.0) q[1]; } c[1] = measure q[1];",
        Map.of("00", 1 - one, "01", one * (1 - after), "11", one * after));
  }

  @Test
  void a_loop_that_outcomes_end_leaves_out_what_is_rounding() {
    SimulationResult result =
        run(
            "qubit q; bit c = 0; int n = 0; bit odd = 0; while (!c && n < 1000) {"
                + " n += 1; odd = !odd; ry(pi / 3) q; c = measure q; }",
            RunOptions.of(1, 1, 1 << 20));

    // Each round succeeds with 1/4 and begins anew: odd rounds have 4/7.
    Map<String, Double> found = result.probabilities().orElseThrow();
    assertThat(found.get("11")).isCloseTo(4.0 / 7, within(1e-12));
    assertThat(found.get("01")).isCloseTo(3.0 / 7, within(1e-12));
    assertThat(Double.parseDouble(result.metadata().get("probability_left_out")))
        .isPositive()
        .isLessThan(1e-13);
  }

  @Test
  void a_loop_without_an_end_is_refused_by_name() {
    Problem problem =
        refusal(
            "qubit[2] q; bit c; bit on; x q[1]; on = measure q[1]; while (on) { h q[0]; c = measure"
                + " q[0]; }",
            1 << 20);

    assertThat(problem.code()).isEqualTo(QuantumProblems.SIMULATION_PROBABILITIES_UNAVAILABLE);
    assertThat(problem.message()).contains("65536 branches");
  }

  @Test
  void the_distribution_does_not_depend_on_the_memory() {
    String program =
        "qubit[9] q; bit[9] c; for int i in [0:7] { h q[i]; t q[i]; cx q[i], q[i + 1];"
            + " h q[i]; c[i] = measure q[i]; if (c[i]) { rx(0.3 * i) q[i + 1]; } }"
            + " c[8] = measure q[8];";
    long state = 16L << 9;

    assertThat(run(program, RunOptions.of(1, 1, state)).probabilities())
        .isEqualTo(run(program, RunOptions.of(1, 1, 1 << 20)).probabilities());
  }

  @Test
  void what_is_reset_makes_no_branches_in_a_mixture() {
    String program =
        "qubit[2] q; bit c; for int i in [0:99] { h q[0]; cx q[0], q[1]; reset q[0]; ry(0.1) q[1];"
            + " measure q[1]; } c = measure q[1];";

    ExactOutcomes outcomes =
        ExactOutcomes.of(Programs.circuit(HEAD + program), 1 << 20, 1 << 20, CancelSignal.NEVER);

    assertThat(outcomes.branches()).isEqualTo(1);
    assertThat(outcomes.probabilities().get("1")).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void misread_outcomes_decide_wrongly_with_their_probability() {
    RunOptions options =
        RunOptions.of(1, 1, 1 << 20)
            .withNoise(NoiseModel.parse("noise_model", "depolarizing:0.2+readout:0.1"));
    Circuit circuit =
        Programs.circuit(
            HEAD
                + "qubit[2] q; bit[2] c; x q[0]; c[0] = measure q[0];"
                + " if (!c[0]) x q[0]; c[1] = measure q[0];");

    Map<String, Double> found =
        new CircuitSimulator()
            .run(
                circuit,
                new CircuitSimulator()
                    .choose(circuit, SimulationMethod.AUTO, options.withProbabilities()),
                options.withProbabilities(),
                CancelSignal.NEVER,
                ProgressListener.NONE)
            .probabilities()
            .orElseThrow();

    // One with 0.9; read as one with 0.9 * 0.9 + 0.1 * 0.1.
    assertThat(found.getOrDefault("01", 0.0) + found.getOrDefault("11", 0.0))
        .isCloseTo(0.82, within(1e-12));
    // Read right and kept, read again; one of the four cases each.
    assertThat(found.get("11")).isCloseTo(0.81 * 0.9 + 0.01 * 0.1, within(1e-12));
    // Read wrongly: a one is flipped and a zero is, and each is mixed with 0.2.
    double oneAfter = 0.09 * (0.1 * 0.9 + 0.9 * 0.1) + 0.09 * (0.9 * 0.9 + 0.1 * 0.1);
    assertThat(found.get("10")).isCloseTo(oneAfter, within(1e-12));
  }

  @Test
  void many_shots_agree_with_the_distribution() {
    String program =
        "qubit[3] q; bit[3] c; h q; t q[0]; cx q[0], q[1]; h q[0]; c[0] = measure q[0];"
            + " if (c[0]) { ry(0.4) q[1]; } else { reset q[2]; } cx q[1], q[2];"
            + " c[1] = measure q[1]; if (c[1]) { h q[2]; } c[2] = measure q[2];";
    SimulationResult result = run(program, RunOptions.of(1_000_000, 3, 1 << 20));

    result
        .probabilities()
        .orElseThrow()
        .forEach((outcome, probability) ->
            assertThat(result.counts().getOrDefault(outcome, 0L) / 1e6)
                .as(outcome)
                .isCloseTo(probability, within(0.003)));
    assertThat(result.counts().keySet()).isSubsetOf(result.probabilities().orElseThrow().keySet());
  }

  private static void assertDistribution(String program, Map<String, Double> expected) {
    Map<String, Double> found =
        run(program, RunOptions.of(1, 1, 1 << 20)).probabilities().orElseThrow();
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((outcome, share) ->
        assertThat(found.get(outcome)).as(outcome).isCloseTo(share, within(1e-12)));
  }

  private static SimulationResult run(String program, RunOptions options) {
    return new StateVectorSimulator()
        .run(
            Programs.circuit(HEAD + program),
            options.withProbabilities(),
            CancelSignal.NEVER,
            ProgressListener.NONE);
  }

  private static Problem refusal(String program, long memory) {
    ProblemException thrown =
        Assertions.catchThrowableOfType(
            ProblemException.class, () -> run(program, RunOptions.of(1, 1, memory)));
    return thrown.problem();
  }
}

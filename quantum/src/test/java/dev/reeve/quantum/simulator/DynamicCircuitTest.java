package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Measurement, reset and feedback in the middle of a circuit.
class DynamicCircuitTest {
  private static final String HEAD = "OPENQASM 3.0; include \"stdgates.inc\"; ";

  @Test
  void measurement_sees_the_state_of_its_moment() {
    SimulationResult result =
        Programs.run(
            HEAD + "qubit q; bit[2] c; x q; c[0] = measure q; x q; c[1] = measure q;", 100, 1);

    assertThat(result.counts()).isEqualTo(Map.of("01", 100L));
  }

  @Test
  void measuring_twice_gives_the_same_outcome() {
    SimulationResult result =
        Programs.run(
            HEAD
                + "qubit q; bit[3] c; h q; c[0] = measure q; c[2] = measure q; z q;"
                + " c[1] = measure q;",
            400,
            3);

    assertThat(result.counts()).containsOnlyKeys("000", "111");
  }

  @Test
  void reset_gives_zero_whatever_was_entangled() {
    SimulationResult result =
        Programs.run(
            HEAD + "qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; reset q[0]; c = measure q;",
            1000,
            5);

    assertThat(result.counts()).containsOnlyKeys("00", "10");
    assertThat(result.counts().get("10")).isBetween(420L, 580L);
  }

  @Test
  void iterative_phase_estimation_reads_the_phase_bit_by_bit() {
    SimulationResult result =
        Programs.run(
            HEAD
                + """
                qubit probe;
                qubit target;
                bit[4] c;
                x target;
                for int k in [3:-1:0] {
                  reset probe;
                  h probe;
                  ctrl @ pow(2 ** k) @ p(2 * pi * 11 / 16) probe, target;
                  for int j in [k + 1:3] {
                    if (c[3 - j]) p(-pi / 2 ** (j - k)) probe;
                  }
                  h probe;
                  c[3 - k] = measure probe;
                }
                """,
            50,
            2);

    assertThat(result.counts()).isEqualTo(Map.of("1011", 50L));
  }

  @Test
  void loop_repeats_until_the_measurement_succeeds() {
    SimulationResult result =
        Programs.run(
            HEAD
                + """
                qubit q;
                bit done;
                bit[3] rounds;
                int[8] n = 0;
                while (!done) {
                  h q;
                  done = measure q;
                  n += 1;
                  if (!done && n == 7) { done = 1; }
                }
                rounds = bit[3](n);
                """,
            8000,
            9);

    Map<String, Long> counts = result.counts();
    assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(8000);
    assertThat(counts.get("0011")).isBetween(3800L, 4200L);
    assertThat(counts.get("0101")).isBetween(1850L, 2150L);
    assertThat(counts.get("1111")).isBetween(70L, 190L);
  }

  @Test
  void loop_without_end_is_stopped_by_its_bound() {
    assertThatThrownBy(() ->
            Programs.run(
                HEAD + "qubit q; bit c; h q; c = measure q; while (c == c) { z q; }", 1, 1))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().code()).isEqualTo(QuantumProblems.SIMULATION_LOOP_EXCEEDED));
  }

  @Test
  void division_by_a_measured_zero_is_refused() {
    assertThatThrownBy(() ->
            Programs.run(
                HEAD + "qubit q; bit c; h q; c = measure q; if (1 / uint(c) == 1) x q;", 100, 1))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().code())
                    .isEqualTo(QuantumProblems.SIMULATION_DIVISION_BY_ZERO));
  }

  @Test
  void whole_register_decides_in_version_2() {
    SimulationResult result =
        Programs.run(
            """
            OPENQASM 2.0;
            include "qelib1.inc";
            qreg q[3];
            creg a[2];
            creg b[1];
            x q[1];
            measure q[0] -> a[0];
            measure q[1] -> a[1];
            if(a==2) x q[2];
            if(a==1) x q[2];
            measure q[2] -> b[0];
            """,
            20,
            1);

    assertThat(result.counts()).isEqualTo(Map.of("110", 20L));
  }

  @Test
  void counts_do_not_depend_on_the_memory_for_copies() {
    String program =
        HEAD
            + """
            qubit[4] q;
            bit[6] c;
            h q;
            c[0] = measure q[0];
            if (c[0]) { ry(0.7) q[1]; } else { cx q[1], q[2]; }
            c[1] = measure q[1];
            reset q[2];
            h q[2];
            cx q[2], q[3];
            c[2] = measure q[2];
            if (c[1] ^ c[2]) x q[3];
            c[5:-1:3] = measure q[1:3];
            """;
    RunOptions ample = RunOptions.of(3000, 4, 1 << 20);
    RunOptions tight = RunOptions.of(3000, 4, 16 * 16);

    SimulationResult withCopies = run(program, ample);
    SimulationResult replayed = run(program, tight);

    assertThat(withCopies.counts()).isEqualTo(replayed.counts());
    assertThat(withCopies.counts()).hasSizeGreaterThan(10);
  }

  @Test
  void branches_follow_the_probabilities_of_nature() {
    SimulationResult result =
        Programs.run(
            HEAD
                + "qubit[2] q; bit[2] c; ry(pi / 3) q[0]; c[0] = measure q[0];"
                + " if (c[0]) { ry(pi / 2) q[1]; } c[1] = measure q[1];",
            40_000,
            8);

    assertThat(result.counts()).containsOnlyKeys("00", "01", "11");
    assertThat(result.counts().get("00")).isBetween(29_600L, 30_400L);
    assertThat(result.counts().get("11")).isBetween(4_750L, 5_250L);
  }

  @Test
  void measurements_are_shared_among_shots_and_not_repeated_for_each() {
    int[] looks = new int[1];
    CancelSignal counting =
        () -> {
          looks[0]++;
          return false;
        };
    String program =
        HEAD + "qubit[3] q; bit[3] c; h q; c[0] = measure q[0]; h q[0]; c[1:2] = measure q[1:2];";

    new StateVectorSimulator()
        .run(
            Programs.circuit(program),
            RunOptions.of(100_000, 1, Programs.MEMORY),
            counting,
            ProgressListener.NONE);

    assertThat(looks[0]).isLessThan(200);
  }

  private static SimulationResult run(String program, RunOptions options) {
    return new StateVectorSimulator()
        .run(Programs.circuit(program), options, CancelSignal.NEVER, ProgressListener.NONE);
  }
}

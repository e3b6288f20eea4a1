package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a run promises: bounds, determinism, cancel, progress, and the form of its result.
class StateVectorSimulatorTest {
  private static final String HEAD = "OPENQASM 3.0; include \"stdgates.inc\"; ";
  private static final StateVectorSimulator SIMULATOR = new StateVectorSimulator();

  @Test
  void same_seed_gives_same_counts_and_another_seed_gives_others() {
    String program = HEAD + "qubit[6] q; h q; bit[6] c = measure q;";

    SimulationResult first = Programs.run(program, 5000, 42);
    SimulationResult again = Programs.run(program, 5000, 42);
    SimulationResult other = Programs.run(program, 5000, 43);

    assertThat(again.counts()).isEqualTo(first.counts());
    assertThat(other.counts()).isNotEqualTo(first.counts());
  }

  @Test
  void counts_of_a_seed_stay_what_they_are_from_version_to_version() {
    SimulationResult result =
        Programs.run(HEAD + "qubit[2] q; h q; bit[2] c = measure q;", 1000, 2026);

    assertThat(result.counts()).isEqualTo(Map.of("00", 251L, "01", 264L, "10", 238L, "11", 247L));
  }

  @Test
  void counts_follow_the_exact_probabilities() {
    Circuit circuit =
        Programs.circuit(
            HEAD
                + "qubit[5] q; for int i in [0:4] { ry(0.3 + 0.4 * i) q[i]; }"
                + " for int i in [0:3] { cx q[i], q[i + 1]; } bit[5] c = measure q;");
    int shots = 200_000;

    SimulationResult result =
        run(circuit, RunOptions.of(shots, 17, Programs.MEMORY).withProbabilities());

    double chiSquare = 0;
    for (Map.Entry<String, Double> exact : result.probabilities().orElseThrow().entrySet()) {
      double expected = exact.getValue() * shots;
      double seen = result.counts().getOrDefault(exact.getKey(), 0L);
      chiSquare += (seen - expected) * (seen - expected) / expected;
    }
    assertThat(result.probabilities().orElseThrow().values().stream().mapToDouble(p -> p).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(chiSquare).as("31 degrees of freedom").isLessThan(62);
  }

  @Test
  void impossible_outcomes_are_never_drawn() {
    SimulationResult result =
        Programs.run(HEAD + "qubit[13] q; x q[12]; h q[0]; bit[13] c = measure q;", 1_000_000, 3);

    assertThat(result.counts()).containsOnlyKeys("1000000000000", "1000000000001");
  }

  @Test
  void memory_is_refused_before_the_run_with_need_and_limit() {
    Circuit circuit = Programs.circuit(HEAD + "qubit[20] q; h q; bit[20] c = measure q;");

    Problem problem = refusal(circuit, RunOptions.of(1, 1, 1 << 20));

    assertThat(problem.code()).isEqualTo(QuantumProblems.SIMULATION_MEMORY_EXCEEDED);
    assertThat(problem.message())
        .isEqualTo("memory: 16777216 bytes for 20 qubits (expected: at most 1048576 bytes)");
    assertThat(problem.metadata())
        .containsEntry("need_bytes", "16777216")
        .containsEntry("limit_bytes", "1048576");
    assertThat(SIMULATOR.memoryBytes(circuit)).isEqualTo(16_777_216);
  }

  @Test
  void hundreds_of_entangled_qubits_are_refused_with_their_need() {
    Circuit circuit = Programs.circuit(HEAD + "qubit[127] q; h q; bit[127] c = measure q;");

    Problem problem = refusal(circuit, RunOptions.of(1, 1, 1L << 40));

    assertThat(problem.message()).startsWith("memory: 16 x 2^127 bytes for 127 qubits");
  }

  @Test
  void qubits_that_no_gate_touches_cost_nothing() {
    SimulationResult result =
        Programs.run(HEAD + "qubit[500] q; x q[499]; bit[500] c = measure q; reset q[3];", 10, 1);

    assertThat(result.simulatedQubits()).isEqualTo(1);
    assertThat(result.counts()).isEqualTo(Map.of("1" + "0".repeat(499), 10L));
  }

  @Test
  void shots_outside_of_the_limit_are_refused() {
    Circuit circuit = Programs.circuit(HEAD + "qubit q; bit c = measure q;");

    assertThat(refusal(circuit, RunOptions.of(0, 1, 1 << 20)).message())
        .isEqualTo("shots: \"0\" (expected: 1 to 1000000)");
    assertThat(refusal(circuit, RunOptions.of(1_000_001, 1, 1 << 20)).code())
        .isEqualTo(QuantumProblems.SIMULATION_SHOTS_INVALID);
  }

  @Test
  void cancel_stops_inside_the_first_gate_of_the_plain_vector() {
    Circuit circuit =
        Programs.circuit(HEAD + "qubit[22] q; h q; cx q[0], q[21]; bit[22] c = measure q;");
    int[] looks = new int[1];
    List<Double> progress = new ArrayList<>();

    assertThatThrownBy(() ->
            new StateVectorSimulator(PlainStateVector.FACTORY)
                .run(
                    circuit,
                    RunOptions.of(100, 1, Programs.MEMORY),
                    () -> ++looks[0] > 6,
                    progress::add))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(QuantumProblems.QUANTUM_CANCELLED));
    assertThat(looks[0]).isEqualTo(7);
    assertThat(progress).isEmpty();
  }

  @Test
  void progress_rises_to_one() {
    List<Double> progress = new ArrayList<>();
    Circuit circuit =
        Programs.circuit(
            HEAD
                + "qubit[3] q; bit[3] c; for int i in [0:200] { h q; }"
                + " c[0] = measure q[0]; if (c[0]) x q[1]; c[1:2] = measure q[1:2];");

    SIMULATOR.run(
        circuit, RunOptions.of(1000, 1, Programs.MEMORY), CancelSignal.NEVER, progress::add);

    assertThat(progress).isSorted().hasSizeGreaterThan(50).doesNotHaveDuplicates();
    assertThat(progress.getLast()).isEqualTo(1.0);
  }

  @Test
  void width_ends_at_the_highest_bit_written() {
    SimulationResult result =
        Programs.run(HEAD + "qubit q; bit[8] c; x q; c[2] = measure q;", 5, 1);

    assertThat(result.counts()).isEqualTo(Map.of("100", 5L));
  }

  @Test
  void registers_follow_each_other_in_order_of_declaration() {
    SimulationResult result =
        Programs.run(
            HEAD
                + "qubit[2] q; bit[2] low; bit[3] high; x q[0]; low[1] = measure q[0];"
                + " high[1] = measure q[1]; high[0] = 1;",
            5,
            1);

    assertThat(result.counts()).isEqualTo(Map.of("0110", 5L));
  }

  @Test
  void program_without_measurement_is_measured_at_its_end() {
    SimulationResult result = Programs.run(HEAD + "qubit[3] q; x q[2];", 5, 1);

    assertThat(result.counts()).isEqualTo(Map.of("100", 5L));
    assertThat(result.metadata()).containsEntry("measured_at_end", "true");
  }

  @Test
  void program_without_qubits_gives_its_bits() {
    assertThat(Programs.run("OPENQASM 3.0; bit[3] c = \"110\";", 5, 1).counts())
        .isEqualTo(Map.of("110", 5L));
    assertThat(Programs.run("OPENQASM 3.0;", 5, 1).counts()).isEqualTo(Map.of("", 5L));
  }

  @Test
  void metadata_says_how_the_result_was_found() {
    SimulationResult result =
        Programs.run(
            HEAD + "qubit[3] q; h q[0]; cx q[0], q[1]; ccx q[0], q[1], q[2]; measure q;", 9, 4);

    assertThat(result.metadata())
        .containsExactly(
            Map.entry("bitstring_order", "msb_first_by_classical_index"),
            Map.entry("depth", "4"),
            Map.entry("gates", "3"),
            Map.entry("measured_at_end", "true"),
            Map.entry("memory_bytes", "128"),
            Map.entry("method", "statevector"),
            Map.entry("qubits", "3"),
            Map.entry("seed", "4"),
            Map.entry("shots", "9"),
            Map.entry("simulated_qubits", "3"),
            Map.entry("two_qubit_gates", "1"));
  }

  @Test
  void probabilities_of_too_many_outcomes_are_refused() {
    Circuit circuit = Programs.circuit(HEAD + "qubit[18] q; h q; bit[18] c = measure q;");

    Problem problem = refusal(circuit, RunOptions.of(1, 1, Programs.MEMORY).withProbabilities());

    assertThat(problem.code()).isEqualTo(QuantumProblems.SIMULATION_OUTCOMES_EXCEEDED);
  }

  @Test
  void outcomes_that_are_many_and_wide_are_refused_before_they_fill_the_memory() {
    Circuit circuit =
        Programs.circuit(
            HEAD + "qubit[10] q; bit[65536] c; h q; c[0:9] = measure q; c[65535] = measure q[0];");

    Problem problem = refusal(circuit, RunOptions.of(1_000, 1, 1 << 20));

    assertThat(problem.code()).isEqualTo(QuantumProblems.SIMULATION_OUTCOMES_EXCEEDED);
    assertThat(problem.message())
        .isEqualTo(
            "counts: more than 15 different outcomes of 65536 bits (expected: fewer shots or"
                + " bits)");
  }

  @Test
  void amplitudes_that_lost_their_length_are_refused() {
    String power = "pow(9007199254740991) @ ".repeat(4);
    Circuit circuit =
        Programs.circuit(
            HEAD
                + "gate g a, b { h a; cx a, b; rx(0.3) b; }"
                + " qubit[2] q; bit[2] c; "
                + power
                + "pow(0.5) @ g q[0], q[1]; c = measure q;");

    Problem problem = refusal(circuit, RunOptions.of(10, 1, 1 << 20));

    assertThat(problem.code()).isEqualTo(QuantumProblems.SIMULATION_PRECISION_LOST);
  }

  @Test
  void amplitudes_of_a_measuring_circuit_are_refused() {
    Circuit circuit = Programs.circuit(HEAD + "qubit q; bit c = measure q;");

    assertThatThrownBy(() -> SIMULATOR.evolve(circuit, 1 << 20, CancelSignal.NEVER))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(QuantumProblems.SIMULATION_NOT_UNITARY));
  }

  @Test
  void memory_that_the_process_does_not_have_is_a_refusal() {
    StateVectorFactory none =
        new StateVectorFactory() {
          @Override
          public int qubitsMax() {
            return 30;
          }

          @Override
          public StateVector zeroState(int qubits, Checkpoint checkpoint) {
            throw new OutOfMemoryError("none left");
          }
        };
    Circuit circuit = Programs.circuit(HEAD + "qubit q; h q;");
    ProblemCode[] code = new ProblemCode[1];

    assertThatThrownBy(() ->
            new StateVectorSimulator(none)
                .run(
                    circuit,
                    RunOptions.of(1, 1, 1 << 20),
                    CancelSignal.NEVER,
                    ProgressListener.NONE))
        .isInstanceOfSatisfying(ProblemException.class, e -> code[0] = e.problem().code());
    assertThat(code[0]).isEqualTo(QuantumProblems.SIMULATION_MEMORY_EXCEEDED);
  }

  @Test
  void twenty_four_qubits_run() {
    SimulationResult result =
        Programs.run(
            HEAD
                + "qubit[24] q; h q[0]; for int i in [0:4] { cx q[5 * i], q[5 * i + 3]; }"
                + " cx q[0], q[23]; rz(0.4) q[23]; cp(0.3) q[3], q[23]; t q[8]; x q[12];"
                + " cx q[23], q[21]; bit[24] c = measure q;",
            1000,
            6);

    assertThat(result.simulatedQubits()).isLessThanOrEqualTo(24);
    assertThat(result.counts()).hasSize(2);
  }

  private static SimulationResult run(Circuit circuit, RunOptions options) {
    return SIMULATOR.run(circuit, options, CancelSignal.NEVER, ProgressListener.NONE);
  }

  private static Problem refusal(Circuit circuit, RunOptions options) {
    Problem[] problem = new Problem[1];
    assertThatThrownBy(() -> run(circuit, options))
        .isInstanceOfSatisfying(ProblemException.class, e -> problem[0] = e.problem());
    return problem[0];
  }
}

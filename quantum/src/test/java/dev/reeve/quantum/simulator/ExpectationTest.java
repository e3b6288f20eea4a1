package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is expected of an observable, and how sure that is. `-Dcircuits=2000` compares the methods
/// on more random circuits.
class ExpectationTest {
  private static final String HEAD =
      "OPENQASM 3.0; include \"stdgates.inc\"; qubit[3] q; bit[3] c; ";

  @ParameterizedTest
  @CsvSource({
    "'', Z0, 1, 0",
    "'', X0, 0, 1",
    "x q[0];, Z0, -1, 0",
    "rx(-pi/2) q[0];, Y0, 1, 0",
    "'h q[0]; cx q[0], q[1];', X0*X1, 1, 0",
    "'h q[0]; cx q[0], q[1];', Y0*Y1, -1, 0",
    "'h q[0]; cx q[0], q[1];', Z0*Z1 + 0.5*X0*X1 - Y0*Y1, 2.5, 0",
    "'h q[0]; cx q[0], q[1];', 0.5*Z0 + 2, 2, 0.25",
    "ry(0.8) q[2];, -3*Z2, -2.090120128041496, 4.631397850355799",
    "h q; c = measure q;, X0 + X1 + X2 - 1e-1, 2.9, 0",
  })
  void mean_and_variance(String gates, String observable, double value, double variance) {
    Expectation found = found(HEAD + gates, observable, SimulationMethod.STATEVECTOR, "");

    assertThat(found.value()).isCloseTo(value, within(1e-8));
    assertThat(found.variance().orElseThrow()).isCloseTo(variance, within(1e-8));
    assertThat(found.standardError()).isZero();
  }

  private static Expectation found(
      String program, String observable, SimulationMethod method, String noise) {
    return result(program, observable, method, noise).found().expectations().getFirst();
  }

  private static SimulationResult result(
      String program, String observable, SimulationMethod method, String noise) {
    Circuit circuit = Programs.circuit(program);
    RunOptions options =
        RunOptions.of(4_000, 7, 1 << 24)
            .withNoise(NoiseModel.parse("noise", noise))
            .with(
                Outputs.COUNTS.withObservables(List.of(PauliSum.parse("observable", observable))));
    CircuitSimulator simulator = new CircuitSimulator();
    return simulator.run(
        circuit,
        simulator.choose(circuit, method, options),
        options,
        CancelSignal.NEVER,
        ProgressListener.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "Z0Z1",
        "Q0",
        "Z0 +",
        "1..2*Z0",
        "Z10000",
        "1e999*Z0",
        "1e308*1e308*Z0",
        "Z0*",
        "+-Z0"
      })
  void what_cannot_be_read_is_refused(String observable) {
    assertThatThrownBy(() -> PauliSum.parse("observable", observable))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("expected: a sum of products");
  }

  @Test
  void two_operators_on_a_qubit_in_a_product_are_refused_by_its_number() {
    assertThatThrownBy(() -> PauliSum.parse("observable", "X1*Z0*Z0"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("two on 0");
  }

  @Test
  void qubits_that_the_circuit_has_not_are_refused() {
    assertThatThrownBy(() -> found(HEAD, "Z3", SimulationMethod.AUTO, ""))
        .hasMessageEndingWith("observable: qubit 3 (expected: below 3)");
  }

  /// Eight qubits, of which the last is never touched.
  private static Circuit random(SplitMix random, boolean clifford) {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int qubit = random.nextInt(7);
      int other = (qubit + 1 + random.nextInt(6)) % 7;
      operations.add(
          switch (random.nextInt(clifford ? 4 : 6)) {
            case 0 -> GateOperation.of(Gate.H, qubit);
            case 1 -> GateOperation.of(Gate.S, qubit);
            case 2 -> GateOperation.of(Gate.X, qubit).controlledBy(other, true);
            case 3 -> GateOperation.of(Gate.SX, qubit);
            case 4 -> GateOperation.of(Gate.T, qubit);
            default -> GateOperation.of(Gate.RY, new double[] {random.nextDouble() * 6}, qubit);
          });
    }
    return Circuit.of(8, 0, operations);
  }

  private static PauliSum observable(SplitMix random, int terms) {
    List<PauliSum.Term> sum = new ArrayList<>();
    for (int i = 0; i < terms; i++) {
      sum.add(
          new PauliSum.Term(2 * random.nextDouble() - 1, random.nextInt(256), random.nextInt(256)));
    }
    return new PauliSum(sum);
  }

  private static Expectation of(Circuit circuit, SimulationMethod method, PauliSum observable) {
    return new CircuitSimulator()
        .run(
            circuit,
            new CircuitSimulator.Choice(method, ""),
            RunOptions.of(10, 1, 1 << 24).with(Outputs.COUNTS.withObservables(List.of(observable))),
            CancelSignal.NEVER,
            ProgressListener.NONE)
        .found()
        .expectations()
        .getFirst();
  }

  static IntStream seeds() {
    return IntStream.rangeClosed(1, Integer.getInteger("circuits", 10));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void all_methods_find_the_same(int seed) {
    SplitMix random = new SplitMix(seed);
    boolean clifford = seed % 2 == 0;
    Circuit circuit = random(random, clifford);
    PauliSum observable = observable(random, 20);

    Expectation expected = of(circuit, SimulationMethod.STATEVECTOR, observable);

    for (SimulationMethod method :
        clifford
            ? List.of(
                SimulationMethod.STABILIZER,
                SimulationMethod.DENSITY_MATRIX,
                SimulationMethod.MATRIX_PRODUCT_STATE)
            : List.of(SimulationMethod.DENSITY_MATRIX, SimulationMethod.MATRIX_PRODUCT_STATE)) {
      Expectation found = of(circuit, method, observable);
      assertThat(found.value()).as(method.word()).isCloseTo(expected.value(), within(1e-9));
      assertThat(found.variance().orElseThrow())
          .as(method.word())
          .isCloseTo(expected.variance().orElseThrow(), within(1e-8));
    }
  }

  @ParameterizedTest
  @CsvSource({"STABILIZER", "STATEVECTOR", "MATRIX_PRODUCT_STATE"})
  void what_is_drawn_on_the_way_shows_in_the_standard_error(SimulationMethod method) {
    String program = HEAD + "h q[0]; cx q[0], q[1]; cx q[1], q[2]; x q[0]; x q[0];";
    String observable = "Z0*Z1 + 0.5*X0*X1*X2 + Z2";
    String noise = "depolarizing:0.05";

    Expectation exact = found(program, observable, SimulationMethod.DENSITY_MATRIX, noise);
    Expectation drawn = found(program, observable, method, noise);

    assertThat(exact.standardError()).isZero();
    assertThat(drawn.standardError()).isBetween(0.002, 0.02);
    assertThat(Math.abs(drawn.value() - exact.value())).isLessThan(5 * drawn.standardError());
    assertThat(drawn.variance().orElseThrow())
        .isCloseTo(exact.variance().orElseThrow(), within(0.1));
  }

  @ParameterizedTest
  @CsvSource({"STABILIZER", "STATEVECTOR", "MATRIX_PRODUCT_STATE", "DENSITY_MATRIX"})
  void a_qubit_is_looked_at_before_its_last_measurement_and_after_feedback(
      SimulationMethod method) {
    String teleport =
        HEAD
            + "h q[0]; h q[1]; cx q[1], q[2]; cx q[0], q[1]; h q[0];"
            + "c[0] = measure q[0]; c[1] = measure q[1];"
            + "if (c[1]) { x q[2]; } if (c[0]) { z q[2]; } c[2] = measure q[2];";

    SimulationResult result = result(teleport, "X2", method, "");

    assertThat(result.found().expectations().getFirst().value()).isCloseTo(1, within(1e-9));
    assertThat(result.counts()).hasSize(8);
  }

  @Test
  void a_hundred_qubits_have_an_energy() {
    StringBuilder sum = new StringBuilder("-X0");
    for (int qubit = 0; qubit < 99; qubit++) {
      sum.append(" - Z").append(qubit).append("*Z").append(qubit + 1);
    }
    String program =
        "OPENQASM 3.0; include \"stdgates.inc\"; qubit[100] q; for int i in [0:99] { ry(0.6) q[i];"
            + " }";
    double expected = -Math.sin(0.6) - 99 * Math.cos(0.6) * Math.cos(0.6);

    Expectation found = found(program, sum.toString(), SimulationMethod.MATRIX_PRODUCT_STATE, "");

    assertThat(found.value()).isCloseTo(expected, within(1e-9));
    assertThat(found.variance()).isEmpty();
    assertThat(
            found(program.replace("ry(0.6)", "h"), sum.toString(), SimulationMethod.AUTO, "")
                .value())
        .isCloseTo(-1, within(1e-9));
  }

  @Test
  void every_shot_is_told_on_request_in_an_order_that_the_seed_decides() {
    Circuit circuit = Programs.circuit(HEAD + "h q; c = measure q;");
    RunOptions options = RunOptions.of(500, 3, 1 << 20).with(Outputs.COUNTS.withMemory());

    SimulationResult result =
        new StateVectorSimulator().run(circuit, options, CancelSignal.NEVER, ProgressListener.NONE);

    List<String> memory = result.found().memory();
    assertThat(memory).hasSize(500).isNotEqualTo(memory.stream().sorted().toList());
    result
        .counts()
        .forEach((outcome, times) ->
            assertThat(memory).filteredOn(outcome::equals).hasSize(times.intValue()));
  }

  @Test
  void amplitudes_are_told_up_to_a_width_and_before_the_last_measurements() {
    Circuit circuit = Programs.circuit(HEAD + "h q[0]; s q[0]; c[0] = measure q[0];");
    RunOptions options = RunOptions.of(1, 3, 1 << 20);

    Amplitudes found =
        new CircuitSimulator()
            .run(
                circuit,
                new CircuitSimulator.Choice(SimulationMethod.STATEVECTOR, ""),
                options.with(Outputs.COUNTS.withAmplitudes(3)),
                CancelSignal.NEVER,
                ProgressListener.NONE)
            .found()
            .amplitudes()
            .orElseThrow();

    assertThat(found.size()).isEqualTo(8);
    assertThat(found.re(0)).isCloseTo(Math.sqrt(0.5), within(1e-12));
    assertThat(found.im(1)).isCloseTo(Math.sqrt(0.5), within(1e-12));
    assertThatThrownBy(() ->
            new CircuitSimulator()
                .choose(
                    circuit, SimulationMethod.AUTO, options.with(Outputs.COUNTS.withAmplitudes(2))))
        .hasMessageEndingWith("statevector: 3 qubits (expected: at most 2)");
  }
}

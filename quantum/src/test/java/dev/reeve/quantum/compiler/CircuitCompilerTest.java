package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmPrinter;
import dev.reeve.quantum.qasm.QasmVersion;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.StateVectorSimulator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The output does what the source does, fits the device, and is small. `-Dcircuits=2000` compiles
/// more random circuits.
class CircuitCompilerTest {
  private static final List<String> DEVICES =
      List.of("line_7", "ring_7", "grid_2x4", "full_6", "ibm_q20_tokyo", "heavy_hex_27");

  static Stream<Arguments> compiles() {
    return IntStream.range(0, Integer.getInteger("circuits", 48))
        .mapToObj(seed ->
            Arguments.of(
                (long) seed,
                DEVICES.get(seed % DEVICES.size()),
                CompileLevel.of(seed / DEVICES.size() % 4).orElseThrow()));
  }

  @ParameterizedTest(name = "seed {0} on {1} at {2}")
  @MethodSource("compiles")
  void distribution_stays_and_every_gate_fits(long seed, String device, CompileLevel level) {
    DeviceModel model = Calibrations.uneven(device, seed);
    Circuit source = measured(random(6, 30, new SplittableRandom(seed)), 6);

    CompiledCircuit compiled =
        new CircuitCompiler(model)
            .compile(source, options(level, seed), ProgressListener.NONE, CancelSignal.NEVER);

    assertThat(compiled.certificate().equivalent()).contains(true);
    assertFits(compiled.circuit(), model);
    SortedMap<String, Double> expected = distribution(source);
    SortedMap<String, Double> actual = distribution(compiled.circuit());
    // Turns that are tiny may be left out, and how much that is the result says.
    double apart = 1e-9 + 2 * compiled.angleLeftOut();
    expected.forEach((outcome, probability) ->
        assertThat(actual.getOrDefault(outcome, 0.0)).isCloseTo(probability, within(apart)));
  }

  /// Every preset, timing and decoupling in turn, and none.
  private static CompileOptions options(CompileLevel level, long seed) {
    SplittableRandom choice = new SplittableRandom(~seed);
    return new CompileOptions(
        level,
        seed,
        oneOf(CompilePreset.values(), choice),
        oneOf(Timing.values(), choice),
        oneOf(Decoupling.values(), choice));
  }

  private static <T> Optional<T> oneOf(T[] values, RandomGenerator random) {
    int chosen = random.nextInt(values.length + 1);
    return chosen == values.length ? Optional.empty() : Optional.of(values[chosen]);
  }

  @Test
  void printed_output_reads_back_as_it_was() {
    Circuit source = measured(random(5, 40, new SplittableRandom(5)), 5);
    Circuit compiled =
        new CircuitCompiler(DeviceModels.of("line_5").orElseThrow())
            .compile(source, CompileLevel.MEDIUM, 1)
            .circuit();

    for (QasmVersion version : QasmVersion.values()) {
      Circuit read = OpenQasm.parse(QasmPrinter.print(compiled, version)).orThrow();

      assertThat(distribution(read)).isEqualTo(distribution(compiled));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pow(1/3) @ swap q[0], q[1];",
        "pow(3) @ swap q[1], q[2];",
        "gate mine a, b { h a; cx a, b; t b; } pow(0.5) @ mine q[2], q[0];",
        "ctrl @ pow(0.5) @ swap q[0], q[1], q[2];",
        "negctrl @ ctrl @ pow(0.3) @ swap q[3], q[0], q[1], q[2];"
      })
  void powers_of_gates_on_two_qubits_are_taken_apart(String statements) {
    Circuit source =
        OpenQasm.parse(
                "OPENQASM 3.0; include \"stdgates.inc\"; qubit[4] q; "
                    + "ry(0.4) q[0]; ry(1.1) q[1]; h q[2]; rx(0.7) q[3]; cx q[3], q[2]; "
                    + statements)
            .orThrow();
    for (CompileLevel level : CompileLevel.values()) {
      CompiledCircuit compiled =
          new CircuitCompiler(DeviceModels.of("ring_4").orElseThrow()).compile(source, level, 5);

      assertThat(compiled.certificate())
          .isEqualTo(Certificate.of(true, Certificate.Method.WHOLE_UNITARY));
    }
  }

  @Test
  void circuit_that_fits_as_it_is_needs_no_swap() {
    List<Operation> operations = new ArrayList<>();
    for (int qubit = 0; qubit < 9; qubit++) {
      operations.add(GateOperation.of(Gate.H, qubit));
      operations.add(GateOperation.of(Gate.X, (qubit + 1) % 10).controlledBy(qubit, true));
    }

    CompiledCircuit compiled =
        new CircuitCompiler(DeviceModels.of("ibm_q20_tokyo").orElseThrow())
            .compile(Circuit.of(10, 0, operations), CompileLevel.MEDIUM, 0);

    assertThat(compiled.swaps()).isZero();
  }

  @Test
  void hidden_string_on_a_line_takes_two_flips_a_qubit() {
    List<Operation> operations = new ArrayList<>();
    for (int qubit = 1; qubit < 14; qubit++) {
      operations.add(GateOperation.of(Gate.X, 0).controlledBy(qubit, true));
    }

    CompiledCircuit compiled =
        new CircuitCompiler(DeviceModels.of("line_14").orElseThrow())
            .compile(Circuit.of(14, 0, operations), CompileLevel.MEDIUM, 0);

    assertThat(compiled.twoQubitGates()).isLessThanOrEqualTo(26);
    assertThat(compiled.certificate().equivalent()).contains(true);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void small_rotations_that_add_up_stay(int level) {
    Circuit source =
        measured(Collections.nCopies(10_000, GateOperation.of(Gate.RX, new double[] {5e-6}, 0)), 1);

    CompiledCircuit compiled =
        new CircuitCompiler(DeviceModels.of("line_2").orElseThrow())
            .compile(source, CompileLevel.of(level).orElseThrow(), 0);

    assertThat(distribution(compiled.circuit()).getOrDefault("1", 0.0))
        .isCloseTo(Math.pow(Math.sin(0.025), 2), within(1e-9));
    assertThat(compiled.angleLeftOut()).isZero();
  }

  @Test
  void fourier_transform_says_how_much_it_left_out_and_is_right_without() {
    List<Operation> operations = new ArrayList<>();
    for (int qubit = 13; qubit >= 0; qubit--) {
      operations.add(GateOperation.of(Gate.H, qubit));
      for (int other = qubit - 1; other >= 0; other--) {
        double[] angle = {Math.PI / (1 << (qubit - other))};
        operations.add(GateOperation.of(Gate.P, angle, other).controlledBy(qubit, true));
      }
    }

    CompiledCircuit compiled =
        new CircuitCompiler(DeviceModels.of("full_14").orElseThrow())
            .compile(Circuit.of(14, 0, operations), CompileLevel.MEDIUM, 0);

    assertThat(compiled.certificate())
        .isEqualTo(Certificate.of(true, Certificate.Method.RANDOM_STIMULI));
    assertThat(compiled.angleLeftOut()).isBetween(1e-4, 2e-4);
  }

  @Test
  void a_compile_that_nobody_waits_for_is_given_up() {
    CircuitCompiler compiler = new CircuitCompiler(DeviceModels.of("ibm_q20_tokyo").orElseThrow());
    Circuit source = Circuit.of(20, 0, random(20, 200, new SplittableRandom(5)));
    AtomicInteger looks = new AtomicInteger();

    ThrowingCallable compile =
        () ->
            compiler.compile(
                source,
                CompileLevel.MEDIUM,
                0,
                ProgressListener.NONE,
                () -> looks.incrementAndGet() > 5);

    assertThatThrownBy(compile).hasMessageContaining("cancelled");
    assertThat(looks).hasValueLessThan(20);
  }

  @Test
  void a_cancel_is_felt_while_one_run_moves_qubits_about() {
    CircuitCompiler compiler = new CircuitCompiler(DeviceModels.of("line_60").orElseThrow());
    Circuit source = Circuit.of(60, 0, random(60, 3_000, new SplittableRandom(6)));
    AtomicInteger looks = new AtomicInteger();

    ThrowingCallable compile =
        () ->
            compiler.compile(
                source,
                CompileLevel.FIT,
                0,
                ProgressListener.NONE,
                () -> looks.incrementAndGet() > 100);

    assertThatThrownBy(compile).hasMessageContaining("cancelled");
    assertThat(looks).hasValue(101);
  }

  @Test
  void a_graph_of_all_pairs_has_a_limit_of_its_own() {
    assertThat(DeviceModels.of("full_500")).isPresent();
    assertThat(DeviceModels.of("full_501")).isEmpty();
    assertThat(DeviceModels.of("line_2000")).isPresent();
  }

  @Test
  void number_of_threads_does_not_change_the_output() {
    Circuit source = measured(random(7, 60, new SplittableRandom(3)), 7);
    DeviceModel device = DeviceModels.of("heavy_hex_27").orElseThrow();

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      assertThat(new CircuitCompiler(device, threads).compile(source, CompileLevel.MEDIUM, 2))
          .isEqualTo(new CircuitCompiler(device).compile(source, CompileLevel.MEDIUM, 2));
    }
  }

  @Test
  void a_large_circuit_is_routed_right_whatever_the_number_of_threads() {
    SplittableRandom random = new SplittableRandom(4);
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      int control = random.nextInt(20);
      int target = (control + 1 + random.nextInt(19)) % 20;
      operations.add(
          random.nextInt(4) == 0
              ? GateOperation.of(Gate.SWAP, control, target)
              : GateOperation.of(Gate.X, target).controlledBy(control, true));
      operations.add(GateOperation.of(random.nextBoolean() ? Gate.H : Gate.S, target));
    }
    Circuit source = Circuit.of(20, 0, operations);
    DeviceModel device = DeviceModels.of("heavy_hex_27").orElseThrow();

    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      CompiledCircuit compiled =
          new CircuitCompiler(device, threads).compile(source, CompileLevel.LIGHT, 2);

      assertThat(compiled.certificate().equivalent()).contains(true);
      assertFits(compiled.circuit(), device);
      assertThat(new CircuitCompiler(device).compile(source, CompileLevel.LIGHT, 2))
          .isEqualTo(compiled);
    }
  }

  @Test
  void gates_that_undo_each_other_go() {
    Circuit source =
        OpenQasm.parse(
                """
                OPENQASM 3.0;
                include "stdgates.inc";
                qubit[3] q;
                cx q[0], q[1]; t q[0]; cx q[0], q[2]; cx q[0], q[1]; tdg q[0]; cx q[0], q[2];
                """)
            .orThrow();

    CompiledCircuit compiled =
        new CircuitCompiler(DeviceModels.of("line_3").orElseThrow())
            .compile(source, CompileLevel.LIGHT, 0);

    assertThat(compiled.circuit().operations()).isEmpty();
  }

  @Test
  void same_seed_gives_the_same_output() {
    Circuit source = measured(random(7, 60, new SplittableRandom(9)), 7);
    CircuitCompiler compiler = new CircuitCompiler(DeviceModels.of("line_9").orElseThrow());

    assertThat(compiler.compile(source, CompileLevel.MEDIUM, 4))
        .isEqualTo(compiler.compile(source, CompileLevel.MEDIUM, 4));
  }

  @Test
  void circuit_wider_than_the_device_is_refused_with_both_numbers() {
    CircuitCompiler compiler = new CircuitCompiler(DeviceModels.of("line_2").orElseThrow());

    assertThatThrownBy(() -> compiler.compile(Circuit.of(3, 0, List.of()), CompileLevel.FIT, 0))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("3")
        .hasMessageContaining("at most 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ibm_q20_tokyo", "heavy_hex_27", "heavy_hex_127", "ring_5", "grid_3x4"})
  void devices_are_connected(String name) {
    CouplingMap couplings = DeviceModels.of(name).orElseThrow().couplings();

    assertThat(couplings.edges())
        .allMatch(edge -> couplings.distance(edge.first(), edge.second()) == 1)
        .doesNotHaveDuplicates();
  }

  private static void assertFits(Circuit circuit, DeviceModel model) {
    for (Operation operation : circuit.operations()) {
      if (operation instanceof GateOperation gate) {
        assertThat(gate.qubitCount()).isLessThanOrEqualTo(2);
        assertThat(gate.gate()).isIn(Gate.RZ, Gate.SX, Gate.X);
        if (gate.qubitCount() == 2) {
          assertThat(model.couplings().distance(gate.qubit(0), gate.qubit(1))).isEqualTo(1);
        }
      }
    }
  }

  private static SortedMap<String, Double> distribution(Circuit circuit) {
    return new StateVectorSimulator()
        .run(
            circuit,
            RunOptions.of(1, 1, 1 << 28).withProbabilities(),
            CancelSignal.NEVER,
            ProgressListener.NONE)
        .probabilities()
        .orElseThrow();
  }

  private static Circuit measured(List<Operation> operations, int qubits) {
    List<Operation> all = new ArrayList<>(operations);
    for (int qubit = 0; qubit < qubits; qubit++) {
      all.add(new Operation.Measure(qubit, qubits - 1 - qubit));
    }
    return Circuit.of(qubits, qubits, all);
  }

  private static List<Operation> random(int qubits, int count, RandomGenerator random) {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int a = random.nextInt(qubits);
      int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
      int c = IntStream.range(0, qubits).filter(q -> q != a && q != b).findAny().orElseThrow();
      double[] angle = {6 * random.nextDouble() - 3};
      operations.add(
          switch (random.nextInt(14)) {
            case 0 -> GateOperation.of(Gate.H, a);
            case 1 -> GateOperation.of(Gate.T, a);
            case 2 -> GateOperation.of(Gate.RX, angle, a);
            case 3 -> GateOperation.of(Gate.U, new double[] {angle[0], 0.4, -1.1, 0.7}, a);
            case 4 -> GateOperation.of(Gate.SWAP, a, b);
            case 5 -> GateOperation.of(Gate.RXX, angle, a, b);
            case 6 -> GateOperation.of(Gate.RYY, angle, a, b);
            case 7 -> GateOperation.of(Gate.RZZ, angle, a, b);
            case 8 -> GateOperation.of(Gate.H, a).controlledBy(b, false);
            case 9 -> GateOperation.of(Gate.P, angle, a).controlledBy(b, true);
            case 10 -> GateOperation.of(Gate.SWAP, a, b).controlledBy(c, true);
            case 11 -> GateOperation.of(Gate.X, a).controlledBy(b, true).controlledBy(c, true);
            case 12 ->
                GateOperation.of(Gate.RY, angle, a).controlledBy(b, true).controlledBy(c, false);
            default -> GateOperation.of(Gate.X, a).controlledBy(b, true);
          });
    }
    return operations;
  }
}

package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmPrinter;
import dev.reeve.quantum.qasm.QasmVersion;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.StateVectorSimulator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Circuits that measure in their middle and decide by what came out. `-Dcircuits=2000` compiles
/// more of the random ones.
class RegionCompilerTest {
  private static final int QUBITS = 4;
  private static final int SHOTS = 4_000;
  private static final List<String> DEVICES =
      List.of("line_5", "ring_6", "grid_2x3", "ibm_q20_tokyo");

  private static final String TELEPORT =
      """
      OPENQASM 3.0;
      include "stdgates.inc";
      qubit[3] q;
      bit a; bit b; bit out;
      u3(0.9, 0.4, 1.1) q[0];
      h q[1]; cx q[1], q[2];
      cx q[0], q[1]; h q[0];
      a = measure q[0]; b = measure q[1];
      if (b) { x q[2]; }
      if (a) { z q[2]; }
      inv @ u3(0.9, 0.4, 1.1) q[2];
      out = measure q[2];
      """;

  static Stream<Arguments> compiles() {
    return IntStream.range(0, Integer.getInteger("circuits", 32))
        .mapToObj(seed ->
            Arguments.of(
                (long) seed,
                DEVICES.get(seed % DEVICES.size()),
                CompileLevel.of(seed / DEVICES.size() % 4).orElseThrow()));
  }

  @Test
  void what_needs_the_times_of_a_whole_circuit_is_refused() {
    CircuitCompiler compiler = new CircuitCompiler(DeviceModels.of("line_5").orElseThrow());
    Circuit source = OpenQasm.parse(TELEPORT).orThrow();
    CompileOptions options = CompileOptions.of(CompileLevel.of(1).orElseThrow(), 1);

    assertThatThrownBy(() ->
            compiler.compile(
                source,
                options.with(CompilePreset.LATENCY),
                ProgressListener.NONE,
                CancelSignal.NEVER))
        .hasMessageContaining("preset: \"latency\" (expected: none for a circuit that decides");
    assertThatThrownBy(() ->
            compiler.compile(
                source, options.with(Decoupling.XY4), ProgressListener.NONE, CancelSignal.NEVER))
        .hasMessageContaining("decoupling: \"XY4\" (expected: none");
  }

  @ParameterizedTest
  @EnumSource(CompileLevel.class)
  void gates_that_a_reset_makes_void_do_not_cost_the_certificate(CompileLevel level) {
    Circuit source = parse("h q[0]; reset q[0]; h q[0]; cx q[0], q[1]; c[0] = measure q[1];");

    CircuitCompiler compiler = new CircuitCompiler(DeviceModels.of("heavy_hex_127").orElseThrow());

    assertThat(compiler.compile(source, level, 1).certificate().equivalent()).hasValue(true);
  }

  @ParameterizedTest
  @EnumSource(CompileLevel.class)
  void the_last_measurement_into_a_bit_stays_the_last(CompileLevel level) {
    Circuit source = parse("x q[0]; c[0] = measure q[1]; reset q[1]; c[0] = measure q[0];");
    Circuit atEnd = parse("x q[0]; c[0] = measure q[1]; c[0] = measure q[0];");
    Circuit gatesBetween =
        parse(
            "x q[0]; c[0] = measure q[3]; h q[3]; cx q[3], q[1]; reset q[3]; reset q[1];"
                + " cx q[0], q[2]; c[0] = measure q[2];");
    for (String device : DEVICES) {
      CircuitCompiler compiler = new CircuitCompiler(DeviceModels.of(device).orElseThrow());
      for (Circuit circuit : List.of(source, atEnd, gatesBetween)) {
        for (long seed = 0; seed < 4; seed++) {
          CompiledCircuit compiled = compiler.compile(circuit, level, seed);

          assertThat(counts(compiled.circuit())).containsOnlyKeys("1");
          assertThat(compiled.certificate().equivalent().orElse(true)).isTrue();
        }
      }
    }
  }

  private static Circuit parse(String statements) {
    return OpenQasm.parse(
            "OPENQASM 3.0; include \"stdgates.inc\"; qubit[4] q; bit[1] c; " + statements)
        .orThrow();
  }

  @ParameterizedTest(name = "seed {0} on {1} at {2}")
  @MethodSource("compiles")
  void outcomes_stay_and_every_gate_fits(long seed, String device, CompileLevel level) {
    DeviceModel model = DeviceModels.of(device).orElseThrow();
    Circuit source = random(new SplittableRandom(seed));

    CompiledCircuit compiled = new CircuitCompiler(model).compile(source, level, seed);

    assertThat(compiled.certificate().equivalent()).contains(true);
    assertFits(compiled.circuit().operations(), model);
    assertThat(apart(counts(source), counts(compiled.circuit()))).isLessThan(0.09);
  }

  @ParameterizedTest
  @EnumSource(CompileLevel.class)
  void teleported_state_arrives_on_the_device(CompileLevel level) {
    Circuit source = OpenQasm.parse(TELEPORT).orThrow();

    CompiledCircuit compiled =
        new CircuitCompiler(DeviceModels.of("ibm_q20_tokyo").orElseThrow())
            .compile(source, level, 7);

    Circuit read = OpenQasm.parse(QasmPrinter.print(compiled.circuit(), QasmVersion.V3)).orThrow();
    assertThat(compiled.certificate().equivalent()).contains(true);
    assertThat(counts(read).keySet()).allMatch(outcome -> outcome.startsWith("0")).hasSize(4);
  }

  @Test
  void qubits_are_back_when_a_loop_goes_round_again() {
    Circuit source =
        OpenQasm.parse(
                """
                OPENQASM 3.0;
                include "stdgates.inc";
                qubit[5] q; bit c; bit[4] r; int n = 0;
                c = 1;
                x q[4];
                while (c == 1) {
                  h q[0];
                  c = measure q[0];
                  reset q[0];
                  cx q[4], q[1]; cx q[1], q[3]; cx q[4], q[1]; cx q[3], q[2]; cx q[3], q[2];
                  n += 1;
                  if (n % 2 == 1) { cx q[4], q[3]; } else { cx q[4], q[3]; x q[2]; cx q[2], q[1];
                    cx q[2], q[1]; }
                }
                r[0] = measure q[1]; r[1] = measure q[3]; r[2] = measure q[4];
                """)
            .orThrow();

    CompiledCircuit compiled =
        new CircuitCompiler(DeviceModels.of("line_5").orElseThrow())
            .compile(source, CompileLevel.MEDIUM, 3);

    assertThat(compiled.swaps()).isPositive();
    assertThat(counts(compiled.circuit())).containsOnlyKeys("1000");
    assertThat(counts(source)).containsOnlyKeys("1000");
  }

  @Test
  void optimizing_passes_no_decision() {
    Circuit source =
        OpenQasm.parse(
                """
                OPENQASM 3.0;
                include "stdgates.inc";
                qubit[2] q; bit[2] c;
                h q[0]; cx q[0], q[1]; t q[0]; cx q[0], q[1]; tdg q[0];
                c[0] = measure q[0];
                if (c[0]) { x q[1]; t q[1]; tdg q[1]; }
                x q[1];
                c[1] = measure q[1];
                """)
            .orThrow();

    CircuitOptimizer.Optimized shorter = CircuitOptimizer.optimize(source, CompileLevel.MEDIUM);

    assertThat(shorter.after().gates()).isEqualTo(3);
    assertThat(shorter.certificate().equivalent()).contains(true);
    assertThat(counts(shorter.circuit())).containsOnlyKeys("01", "10").isNotEmpty();
  }

  @Test
  void wrong_feedback_is_not_taken_for_the_same() {
    Circuit source = OpenQasm.parse(TELEPORT).orThrow();
    Circuit other = OpenQasm.parse(TELEPORT.replace("z q[2]", "y q[2]")).orThrow();
    Circuit same =
        OpenQasm.parse(TELEPORT.replace("{ x q[2]; }", "{ h q[2]; z q[2]; h q[2]; }")).orThrow();

    assertThat(CircuitEquivalence.compare(source, other).equivalent()).contains(false);
    assertThat(CircuitEquivalence.compare(source, same).equivalent()).contains(true);
  }

  @Test
  void a_measurement_in_the_middle_is_compared_with_what_comes_after() {
    List<Operation> source =
        List.of(
            GateOperation.of(Gate.H, 0), new Operation.Measure(0, 0), GateOperation.of(Gate.H, 0));
    List<Operation> wrong = List.of(new Operation.Measure(0, 0), GateOperation.of(Gate.I, 0));
    Indexes places = Indexes.of(0);

    assertThat(
            StretchCheck.compare(
                    source,
                    source,
                    places,
                    places,
                    Tolerance.EXACT,
                    1,
                    new CheckBudget(CancelSignal.NEVER))
                .equivalent())
        .contains(true);
    assertThat(
            StretchCheck.compare(
                    source,
                    wrong,
                    places,
                    places,
                    Tolerance.EXACT,
                    1,
                    new CheckBudget(CancelSignal.NEVER))
                .equivalent())
        .contains(false);
  }

  /// Measurements, resets, decisions and loops among gates on any pair.
  private static Circuit random(RandomGenerator random) {
    List<Operation> operations = new ArrayList<>(gates(random, 6));
    for (int i = 0; i < 3; i++) {
      operations.add(new Operation.Measure(random.nextInt(QUBITS), i));
      operations.add(
          new Operation.If(
              new ClassicalExpression.Bits(Indexes.of(i)),
              gates(random, 1 + random.nextInt(4)),
              random.nextBoolean() ? List.of() : gates(random, 3)));
      operations.addAll(gates(random, 3));
    }
    operations.add(
        new Operation.While(
            new ClassicalExpression.Bits(Indexes.of(0)),
            Stream.concat(
                    gates(random, 3).stream(),
                    // Half of all rounds are the last, whatever the gates before did.
                    Stream.of(
                        new Operation.Measure(0, 0),
                        GateOperation.of(Gate.H, 0),
                        new Operation.Measure(0, 0)))
                .toList(),
            1_000));
    for (int qubit = 0; qubit < QUBITS; qubit++) {
      operations.add(new Operation.Measure(qubit, qubit));
    }
    return Circuit.of(QUBITS, QUBITS, operations);
  }

  private static List<Operation> gates(RandomGenerator random, int count) {
    List<Operation> gates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(QUBITS);
      int second = (first + 1 + random.nextInt(QUBITS - 1)) % QUBITS;
      gates.add(GateOperation.of(Gate.X, second).controlledBy(first, true));
      gates.add(
          GateOperation.of(
              Gate.U,
              new double[] {
                3 * random.nextDouble(), 6 * random.nextDouble(), 6 * random.nextDouble(), 0
              },
              first));
    }
    return gates;
  }

  private static void assertFits(List<Operation> operations, DeviceModel model) {
    for (Operation operation : operations) {
      switch (operation) {
        case GateOperation gate -> {
          assertThat(gate.gate()).isIn(Gate.RZ, Gate.SX, Gate.X);
          if (gate.qubitCount() == 2) {
            assertThat(model.couplings().distance(gate.qubit(0), gate.qubit(1))).isEqualTo(1);
          }
        }
        case Operation.If branch -> {
          assertFits(branch.then(), model);
          assertFits(branch.otherwise(), model);
        }
        case Operation.While loop -> assertFits(loop.body(), model);
        default -> assertThat(operation).isNotInstanceOf(Operation.Barrier.class);
      }
    }
  }

  private static Map<String, Long> counts(Circuit circuit) {
    return new StateVectorSimulator()
        .run(circuit, RunOptions.of(SHOTS, 11, 1 << 28), CancelSignal.NEVER, ProgressListener.NONE)
        .counts();
  }

  /// Share of the shots that went elsewhere.
  private static double apart(Map<String, Long> one, Map<String, Long> other) {
    Set<String> outcomes = new HashSet<>(one.keySet());
    outcomes.addAll(other.keySet());
    double apart = 0;
    for (String outcome : outcomes) {
      apart += Math.abs(one.getOrDefault(outcome, 0L) - other.getOrDefault(outcome, 0L));
    }
    return apart / 2 / SHOTS;
  }
}

package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.qasm.OpenQasm;
import dev.reeve.quantum.qasm.QasmPrinter;
import dev.reeve.quantum.qasm.QasmVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Barriers stay where they are in what a device runs.
class BarrierTest {
  private static final List<String> DEVICES = List.of("line_5", "grid_2x3", "ibm_q20_tokyo");

  @ParameterizedTest
  @EnumSource(CompileLevel.class)
  void gates_on_its_two_sides_stay_apart(CompileLevel level) {
    Circuit source = parse("h q[0]; cx q[0], q[1]; barrier q[1], q[2]; cx q[0], q[1]; h q[0];");

    CompiledCircuit compiled = compile("line_5", source, CompileOptions.of(level, 1));

    assertThat(compiled.twoQubitGates()).isEqualTo(2);
    assertThat(QasmPrinter.print(compiled.circuit(), QasmVersion.V3)).contains("barrier ");
    assertThat(compiled.certificate().equivalent()).contains(true);
  }

  @ParameterizedTest
  @EnumSource(CompileLevel.class)
  void what_it_parts_stays_on_its_side(CompileLevel level) {
    for (int seed = 0; seed < 6; seed++) {
      Circuit source = random(new SplittableRandom(seed));
      for (String device : DEVICES) {
        CompiledCircuit compiled = compile(device, source, CompileOptions.of(level, seed));

        assertThat(before(compiled.circuit())).isEqualTo(before(source));
        assertThat(compiled.certificate().equivalent()).contains(true);
      }
    }
  }

  @Test
  void a_schedule_aligns_at_it() {
    Circuit source = parse("x q[0]; barrier q[0], q[1]; sx q[1];");

    CompiledCircuit compiled = compile("line_5", source, CompileOptions.of(CompileLevel.FIT, 1));

    assertThat(compiled.schedule().nanos()).isEqualTo(70);
  }

  @Test
  void any_number_in_a_row_is_passed() {
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < 8_000; i++) {
      operations.add(new Operation.Barrier(Indexes.of(i % 4, (i + 1) % 4, i % 4)));
    }
    operations.add(GateOperation.of(Gate.X, 0).controlledBy(3, true));
    operations.add(new Operation.Barrier(Indexes.of()));
    operations.add(GateOperation.of(Gate.X, 1).controlledBy(3, true));
    operations.add(GateOperation.of(Gate.X, 2).controlledBy(3, true));
    operations.add(GateOperation.of(Gate.X, 0).controlledBy(2, true));

    CompiledCircuit compiled =
        compile("line_5", Circuit.of(4, 0, operations), CompileOptions.of(CompileLevel.FIT, 1));

    assertThat(compiled.swaps()).isPositive();
    assertThat(compiled.certificate().equivalent()).contains(true);
  }

  @Test
  void presets_and_decoupling_keep_the_order_of_measurements_into_a_bit() {
    Circuit source =
        parse("x q[0]; c[0] = measure q[3]; h q[3]; cx q[3], q[1]; c[0] = measure q[0];");
    CompileOptions options = CompileOptions.of(CompileLevel.MEDIUM, 1).with(Timing.ALAP);
    for (CompilePreset preset : CompilePreset.values()) {
      CompiledCircuit compiled =
          compile("line_5", source, options.with(preset).with(Decoupling.XX));

      int first = place(compiled.circuit(), 0);
      int last = place(compiled.circuit(), 1);
      assertThat(compiled.last().get(3))
          .isEqualTo(((Operation.Measure) compiled.circuit().operations().get(first)).qubit());
      assertThat(compiled.schedule().start(last)).isGreaterThan(compiled.schedule().start(first));
    }
  }

  /// Of the so-manieth measurement.
  private static int place(Circuit circuit, int number) {
    return IntStream.range(0, circuit.operations().size())
        .filter(i -> circuit.operations().get(i) instanceof Operation.Measure)
        .skip(number)
        .findFirst()
        .orElseThrow();
  }

  /// By size of a barrier: the bits that are measured before it.
  private static Map<Integer, Set<Integer>> before(Circuit circuit) {
    Map<Integer, Set<Integer>> before = new TreeMap<>();
    Set<Integer> measured = new TreeSet<>();
    for (Operation operation : circuit.operations()) {
      if (operation instanceof Operation.Measure(int _, int bit)) {
        measured.add(bit);
      } else if (operation instanceof Operation.Barrier(Indexes qubits)) {
        before.put(qubits.size(), new TreeSet<>(measured));
      }
    }
    return before;
  }

  private static Circuit random(SplittableRandom random) {
    List<Operation> operations = new ArrayList<>();
    int bits = 0;
    for (int size = 5; size > 1; size--) {
      List<Integer> qubits = new ArrayList<>(List.of(0, 1, 2, 3, 4));
      for (int i = 0; i < 4; i++) {
        Collections.shuffle(qubits, random);
        operations.add(GateOperation.of(Gate.H, qubits.get(2)));
        operations.add(GateOperation.of(Gate.X, qubits.get(0)).controlledBy(qubits.get(1), true));
      }
      // Of nested barriers each holds all measurements before it and after.
      int[] held = IntStream.range(0, size).toArray();
      operations.add(new Operation.Measure(random.nextInt(2), bits++));
      operations.add(new Operation.Barrier(Indexes.of(held)));
      operations.add(new Operation.Measure(random.nextInt(2), bits++));
    }
    return Circuit.of(5, bits, operations);
  }

  private static Circuit parse(String statements) {
    return OpenQasm.parse(
            "OPENQASM 3.0; include \"stdgates.inc\"; qubit[4] q; bit[1] c; " + statements)
        .orThrow();
  }

  private static CompiledCircuit compile(String device, Circuit source, CompileOptions options) {
    return new CircuitCompiler(DeviceModels.of(device).orElseThrow())
        .compile(source, options, ProgressListener.NONE, CancelSignal.NEVER);
  }
}

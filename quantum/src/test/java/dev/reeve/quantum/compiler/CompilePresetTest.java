package dev.reeve.quantum.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.compiler.CouplingMap.Edge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A preset is better at what it is for, and never changes what the circuit does.
class CompilePresetTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void each_preset_is_best_at_what_it_is_for(long seed) {
    DeviceModel device = Calibrations.uneven("ibm_q20_tokyo", seed);
    Circuit source = pairs(8, 40, seed);

    CompiledCircuit plain = compile(device, source, CompileOptions.of(CompileLevel.LIGHT, seed));
    CompiledCircuit latency = compile(device, source, preset(CompilePreset.LATENCY, seed));
    CompiledCircuit fidelity = compile(device, source, preset(CompilePreset.FIDELITY, seed));
    CompiledCircuit balanced = compile(device, source, preset(CompilePreset.BALANCED, seed));

    assertThat(fidelity.success())
        .isGreaterThan(plain.success())
        .isGreaterThanOrEqualTo(latency.success());
    assertThat(latency.schedule().ticks())
        .isLessThanOrEqualTo(plain.schedule().ticks())
        .isLessThanOrEqualTo(balanced.schedule().ticks());
    assertThat(cost(balanced, plain)).isLessThan(cost(plain, plain));
    assertThat(List.of(latency, fidelity, balanced))
        .allSatisfy(each -> assertThat(each.certificate().equivalent()).contains(true));
  }

  @Test
  void fidelity_stays_away_from_a_bad_pair() {
    DeviceModel line = DeviceModels.of("line_3").orElseThrow();
    Calibration figures =
        new Calibration(
            "given",
            1,
            Collections.nCopies(3, QubitCalibration.TYPICAL),
            PairCalibration.TYPICAL,
            Map.of(new Edge(0, 1), new PairCalibration(300, 0.3)));
    Circuit bell =
        Circuit.of(
            2,
            0,
            List.of(
                GateOperation.of(Gate.H, 0), GateOperation.of(Gate.X, 1).controlledBy(0, true)));

    CompiledCircuit compiled = compile(line.with(figures), bell, preset(CompilePreset.FIDELITY, 0));

    assertThat(compiled.initial().toArray()).containsExactlyInAnyOrder(1, 2);
    assertThat(compiled.certificate().equivalent()).contains(true);
  }

  @ParameterizedTest
  @EnumSource(CompilePreset.class)
  void same_seed_gives_the_same_output(CompilePreset preset) {
    DeviceModel device = Calibrations.uneven("grid_3x3", 7);
    Circuit source = pairs(6, 30, 7);

    assertThat(compile(device, source, preset(preset, 3)))
        .isEqualTo(compile(device, source, preset(preset, 3)));
  }

  private static double cost(CompiledCircuit compiled, CompiledCircuit base) {
    return Math.log(compiled.success()) / Math.log(base.success())
        + (double) compiled.schedule().ticks() / base.schedule().ticks();
  }

  private static CompileOptions preset(CompilePreset preset, long seed) {
    return CompileOptions.of(CompileLevel.LIGHT, seed).with(preset);
  }

  private static CompiledCircuit compile(
      DeviceModel device, Circuit source, CompileOptions options) {
    return new CircuitCompiler(device)
        .compile(source, options, ProgressListener.NONE, CancelSignal.NEVER);
  }

  private static Circuit pairs(int qubits, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int a = random.nextInt(qubits);
      int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
      operations.add(GateOperation.of(Gate.RX, new double[] {random.nextDouble()}, a));
      operations.add(GateOperation.of(Gate.X, a).controlledBy(b, true));
    }
    for (int qubit = 0; qubit < qubits; qubit++) {
      operations.add(new Operation.Measure(qubit, qubit));
    }
    return Circuit.of(qubits, qubits, operations);
  }
}

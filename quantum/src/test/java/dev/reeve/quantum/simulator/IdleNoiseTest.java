package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.compiler.CircuitCompiler;
import dev.reeve.quantum.compiler.CompileLevel;
import dev.reeve.quantum.compiler.CompileOptions;
import dev.reeve.quantum.compiler.Decoupling;
import dev.reeve.quantum.compiler.DeviceModels;
import dev.reeve.quantum.compiler.Timing;
import dev.reeve.quantum.qasm.OpenQasm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Qubits that wait turn and decay as they should, and flips meanwhile help against the turning.
class IdleNoiseTest {
  private static final NoiseModel NOISE =
      NoiseModel.parse("noise", "detuning:60+relaxation:100:80+depolarizing:0.0005");

  @Test
  void a_wait_turns_and_shrinks_a_superposition() {
    Circuit ramsey = circuit("qubit q; bit c; h q; delay[2us] q; h q; c = measure q;");
    NoiseModel noise = NoiseModel.parse("noise", "detuning:50+relaxation:20:10");

    double zero = probability(ramsey, noise, "0");

    assertThat(zero)
        .isCloseTo((1 + Math.exp(-0.2) * Math.cos(2 * Math.PI * 0.1)) / 2, within(1e-9));
  }

  @Test
  void a_one_is_lost_while_it_waits() {
    Circuit circuit = circuit("qubit q; bit c; x q; delay[5us] q; c = measure q;");

    double one = probability(circuit, NoiseModel.parse("noise", "relaxation:10:15"), "1");

    assertThat(one).isCloseTo(Math.exp(-0.5), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delay[5us] q;",
        "if (d) { delay[5us] q; }",
        "if (!d) { h r; } else { delay[5us] q; }",
        "uint i = 0; while (i < 1) { i += 1; delay[5us] q; }"
      })
  void a_measurement_before_a_wait_does_not_see_it(String wait) {
    Circuit circuit =
        circuit("qubit q; qubit r; bit c; bit d; x q; x r; d = measure r; c = measure q; " + wait);

    for (SimulationMethod method :
        List.of(SimulationMethod.STATEVECTOR, SimulationMethod.DENSITY_MATRIX)) {
      assertThat(
              new CircuitSimulator()
                  .run(
                      circuit,
                      new CircuitSimulator.Choice(method, "asked for"),
                      RunOptions.of(50, 1, 1 << 28)
                          .withNoise(NoiseModel.parse("noise", "relaxation:1:1")),
                      CancelSignal.NEVER,
                      ProgressListener.NONE)
                  .counts())
          .containsOnlyKeys("11");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"detuning:-1", "detuning:1:2", "relaxation:10", "relaxation:10:30"})
  void a_wait_that_cannot_be_is_refused(String text) {
    assertThatThrownBy(() -> NoiseModel.parse("noise", text))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("relaxation:T1_US:T2_US");
  }

  @Test
  void decoupling_raises_the_fidelity_of_a_qubit_that_waits() {
    double plain = returned(CompileOptions.of(CompileLevel.FIT, 1).with(Timing.ALAP));
    double flipped = returned(CompileOptions.of(CompileLevel.FIT, 1).with(Decoupling.XX));
    double fourTimes = returned(CompileOptions.of(CompileLevel.FIT, 1).with(Decoupling.XY4));

    assertThat(flipped).isGreaterThan(plain + 0.1).isGreaterThan(0.85);
    assertThat(fourTimes).isGreaterThan(plain + 0.1).isGreaterThan(0.85);
  }

  @Test
  void drawn_shots_say_the_same_as_the_density_matrix() {
    Circuit compiled = compiled(CompileOptions.of(CompileLevel.FIT, 1).with(Decoupling.XX));
    RunOptions options = RunOptions.of(4_000, 7, 1 << 28).withNoise(NOISE);

    long hits =
        new CircuitSimulator()
            .run(
                compiled,
                new CircuitSimulator.Choice(SimulationMethod.STATEVECTOR, "asked for"),
                options,
                CancelSignal.NEVER,
                ProgressListener.NONE)
            .counts()
            .getOrDefault("0000", 0L);

    assertThat(hits / 4_000.0).isCloseTo(probability(compiled, NOISE, "0000"), within(0.03));
  }

  /// How often a circuit that undoes itself comes back to zeros. Its first qubit waits for the
  /// others in between.
  private static double returned(CompileOptions options) {
    return probability(compiled(options), NOISE, "0000");
  }

  private static Circuit compiled(CompileOptions options) {
    Circuit source =
        circuit(
            """
            qubit[4] q; bit[4] c;
            h q[0]; cx q[0], q[1]; cx q[1], q[2]; cx q[2], q[3];
            rx(0.5) q[3]; cx q[2], q[3]; cx q[2], q[3]; rx(-0.5) q[3];
            cx q[2], q[3]; cx q[1], q[2]; cx q[0], q[1]; h q[0];
            c = measure q;
            """);
    return new CircuitCompiler(DeviceModels.of("line_4").orElseThrow())
        .compile(source, options, ProgressListener.NONE, CancelSignal.NEVER)
        .circuit();
  }

  private static Circuit circuit(String body) {
    return OpenQasm.parse("OPENQASM 3.0; include \"stdgates.inc\"; " + body).orThrow();
  }

  private static double probability(Circuit circuit, NoiseModel noise, String outcome) {
    return new CircuitSimulator()
        .run(
            circuit,
            new CircuitSimulator.Choice(SimulationMethod.DENSITY_MATRIX, "asked for"),
            RunOptions.of(1, 1, 1 << 28).withNoise(noise).withProbabilities(),
            CancelSignal.NEVER,
            ProgressListener.NONE)
        .probabilities()
        .orElseThrow()
        .getOrDefault(outcome, 0.0);
  }
}

package dev.reeve.quantum.eigenlang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.aqo.AqoGate;
import dev.reeve.quantum.hybrid.HybridProgram;
import dev.reeve.quantum.hybrid.HybridRunner;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What was measured to be wrong in the first implementation of the language is right here: each
/// test has the name of a defect.
final class UpstreamDefectsTest {
  private static final int SHOTS = 200;
  private static final double PI = Math.PI;

  @Test
  void gates_every_gate_that_is_compiled_is_run() {
    StringBuilder body = new StringBuilder();
    for (AqoGate gate : AqoGate.values()) {
      if (gate != AqoGate.GPHASE) {
        List<String> arguments = List.of("0, 1, 2".split(", ", -1)).subList(0, gate.qubits());
        String angles = ", 0.5".repeat(gate.arguments().size());
        body.append(gate.name().toLowerCase(Locale.ROOT))
            .append('(')
            .append(String.join(", ", arguments))
            .append(angles)
            .append(")\n");
      }
    }

    Map<String, Long> counts = counts(body.append("reset(0)\n").toString());

    assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(SHOTS);
  }

  @Test
  void mid_circuit_a_measurement_counts_where_it_stands() {
    Map<String, Long> counts =
        counts(
            "rx(0, theta=%s)\nmeasure(0, c=[0])\nrx(0, theta=%s)\nmeasure(0, c=[1])"
                .formatted(PI, PI));

    assertThat(counts).containsOnlyKeys("01");
  }

  @Test
  void basis_the_plus_state_measured_about_x_is_always_zero() {
    assertThat(counts("h(0)\nmeasure(0, basis=\"X\")")).containsOnlyKeys("0");
    assertThat(counts("rx(0, theta=%s)\nmeasure(0, basis=\"Y\")".formatted(-PI / 2)))
        .containsOnlyKeys("0");
    assertThat(counts("x(0)\nmeasure(0, basis=\"Z\")")).containsOnlyKeys("1");
  }

  @Test
  void y_observable_has_its_mean_with_coefficients_and_mixed_letters() {
    assertThat(energy("rx(0, theta=%s)\nExpectationValue(observable=Observable(Y=0))", -PI / 2))
        .isCloseTo(1, within(1e-9));
    assertThat(
            energy(
                "rx(0, theta=%s)\nx(1)\n"
                    + "ExpectationValue(Observable(\"0.5*Y0*Z1 - 2*Z1 + 0.25\"))",
                -PI / 2))
        .isCloseTo(-0.5 + 2 + 0.25, within(1e-9));
  }

  @Test
  void op_order_is_the_order_of_the_source() {
    assertThat(names("first = [h(0), [x(0)]]\ny(0)")).isEqualTo("H X Y MEASURE");
    assertThat(
            names(
                program("x(0)\nflip(0)\nz(0)\nflip(0)")
                    + "@quantum_circuit\ndef flip(q):\n    y(q)"))
        .isEqualTo("X Y Z Y MEASURE");
  }

  @Test
  void op_order_unknown_calls_are_refused_and_lambdas_not_compiled() {
    assertThat(refusal("h(0)\nteleport(0)")).contains("4:5").contains("teleport");
    assertThat(refusal("f = lambda: h(0)")).contains("lambda");
  }

  @Test
  void registers_have_the_size_that_is_declared() {
    assertThat(compiled("q = QubitRegister(5)\nh(q[0])").qubits()).isEqualTo(5);
    assertThat(refusal("q = QubitRegister(5)\nh(q[5])")).contains("index: 5 (expected: 0 to 4)");
  }

  @Test
  void hybrid_minimize_iterates_until_the_energy_is_smallest() {
    String body =
        "a = Param(\"a\", 0.3)\nry(0, theta=a)\n"
            + "minimize(ExpectationValue(observable=Observable(Z=0)), [a], max_iters=100)";

    assertThat(energy(body.replace("%", "%%"), 0)).isCloseTo(-1, within(1e-4));
  }

  @Test
  void options_the_seed_and_the_noise_of_the_program_reach_its_run() {
    HybridProgram program =
        EigenLang.compile(
                "@hybrid_program(seed=7, noise_model=\"depolarizing:0.1\", shots=9)\n"
                    + "def main():\n    h(0)")
            .orThrow()
            .hybrid();

    assertThat(program.settings())
        .isEqualTo(Map.of("seed", "7", "noise_model", "depolarizing:0.1", "shots", "9"));
  }

  private static String program(String body) {
    return body.startsWith("@")
        ? body
        : "@hybrid_program\ndef main():\n    " + body.strip().replace("\n", "\n    ") + "\n";
  }

  private static EigenProgram compiled(String body) {
    return EigenLang.compile(program(body)).orThrow();
  }

  private static String refusal(String body) {
    return ((EigenResult.Rejected) EigenLang.compile(program(body))).problem().message();
  }

  private static String names(String body) {
    String source = body.contains("@") ? body : program(body);
    StringBuilder names = new StringBuilder();
    String text = EigenLang.compile(source).orThrow().document().canonical().utf8();
    for (String part : text.split("\"op\":\"", -1)) {
      if (!part.startsWith("{")) {
        names.append(names.isEmpty() ? "" : " ").append(part, 0, part.indexOf('"'));
      }
    }
    return names.toString();
  }

  private static Map<String, Long> counts(String body) {
    Circuit circuit = compiled(body).hybrid().template().bind();
    return Programs.run(circuit, SHOTS, 1).counts();
  }

  private static double energy(String body, double angle) {
    HybridRunner.Request request =
        new HybridRunner.Request(
            compiled(body.formatted(angle)).hybrid(),
            Map.of(),
            SimulationMethod.AUTO,
            RunOptions.of(SHOTS, 1, 1 << 20));
    HybridRunner.Answer answer =
        new HybridRunner(new CircuitSimulator()).run(request, CancelSignal.NEVER, new Quiet());
    return answer.result().found().expectations().getFirst().value();
  }

  private static final class Quiet implements HybridRunner.Listener {
    @Override
    public void chosen(CircuitSimulator.Choice choice) {}

    @Override
    public void iterated(int iteration, int iterationsMax, double best) {}

    @Override
    public void progressed(double fraction) {}
  }
}

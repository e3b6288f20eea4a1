package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.ProgressListener;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Published circuits with outcomes that can be worked out without a simulator.
class QasmbenchTest {
  private static final Pattern REVERSIBLE =
      Pattern.compile("(x|cx|ccx) (q\\[\\d+\\](?:,q\\[\\d+\\])*);");
  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)\\]");

  @Test
  void bernstein_vazirani_finds_its_hidden_string() {
    SimulationResult result = run("bv_n19", 200);

    assertThat(result.counts()).isEqualTo(Map.of("1".repeat(18), 200L));
  }

  @Test
  void adder_adds_one_and_fifteen() {
    assertThat(run("adder_n10", 50).counts()).isEqualTo(Map.of("10000", 50L));
  }

  @Test
  void multiplier_does_what_its_bits_do_classically() {
    boolean[] bits = new boolean[15];
    Matcher gate = REVERSIBLE.matcher(source("multiplier_n15"));
    while (gate.find()) {
      int[] qubits = indexes(gate.group(2));
      boolean all = true;
      for (int i = 0; i < qubits.length - 1; i++) {
        all &= bits[qubits[i]];
      }
      bits[qubits[qubits.length - 1]] ^= all;
    }
    String expected = (bits[8] ? "1" : "0") + (bits[5] ? "1" : "0") + (bits[2] ? "1" : "0");

    assertThat(run("multiplier_n15", 20).counts()).isEqualTo(Map.of(expected, 20L));
  }

  @Test
  void ghz_state_of_23_qubits_is_all_zeros_or_all_ones() {
    SimulationResult result = run("ghz_state_n23", 1000);

    String unusedRegister = "0".repeat(23);
    assertThat(result.counts())
        .containsOnlyKeys("0".repeat(23) + unusedRegister, "1".repeat(23) + unusedRegister);
    assertThat(result.counts().get("0".repeat(46))).isBetween(420L, 580L);
    assertThat(result.metrics().twoQubitGates()).isEqualTo(22);
  }

  @Test
  void grover_finds_its_item() {
    assertThat(run("grover_n2", 100).counts()).isEqualTo(Map.of("11", 100L));
  }

  @Test
  void fourier_transform_of_a_basis_state_is_uniform() {
    SimulationResult small = exact("qft_n4");
    SimulationResult large = run("qft_n18", 2000);

    assertThat(small.probabilities().orElseThrow()).hasSize(16);
    assertThat(small.probabilities().orElseThrow().values())
        .allSatisfy(p -> assertThat(p).isCloseTo(1.0 / 16, within(1e-14)));
    assertThat(large.counts().keySet())
        .allMatch(outcome -> outcome.length() == 36 && outcome.endsWith("0".repeat(18)));
    assertThat(large.counts()).hasSizeGreaterThan(1980);
  }

  @Test
  void bell_test_breaks_the_classical_bound() {
    Map<String, Double> probabilities = exact("bell_n4").probabilities().orElseThrow();

    double wins = 0;
    for (Map.Entry<String, Double> each : probabilities.entrySet()) {
      boolean b = each.getKey().charAt(3) == '1';
      boolean y = each.getKey().charAt(2) == '1';
      boolean a = each.getKey().charAt(1) == '1';
      boolean x = each.getKey().charAt(0) == '1';
      wins += (a ^ b) == (x && y) ? each.getValue() : 0;
    }
    double quantumBound = Math.cos(Math.PI / 8) * Math.cos(Math.PI / 8);
    assertThat(wins).isCloseTo(quantumBound, within(1e-9));
  }

  @Test
  void teleportation_circuit_has_its_distribution() {
    Map<String, Double> probabilities = exact("teleportation_n3").probabilities().orElseThrow();

    double whenUndone =
        probabilities.entrySet().stream()
            .filter(each -> each.getKey().charAt(0) == '1')
            .mapToDouble(Map.Entry::getValue)
            .sum();
    assertThat(whenUndone).isCloseTo(0.5, within(1e-14));
    assertThat(probabilities.values().stream().mapToDouble(p -> p).sum())
        .isCloseTo(1, within(1e-14));
  }

  @Test
  void sizes_are_those_of_the_text() {
    Circuit circuit = Programs.circuit(source("qft_n18"));

    long gates =
        circuit.operations().stream().filter(o -> !(o instanceof Operation.Quantum)).count();
    assertThat(circuit.qubits()).isEqualTo(18);
    assertThat(gates)
        .isEqualTo(source("qft_n18").lines().filter(l -> l.matches("(h|u1|cx).*")).count());
  }

  private static int[] indexes(String operands) {
    return INDEX.matcher(operands).results().mapToInt(m -> Integer.parseInt(m.group(1))).toArray();
  }

  private static String source(String name) {
    return Programs.resource("/qasmbench/" + name + ".qasm");
  }

  private static SimulationResult run(String name, int shots) {
    return Programs.run(source(name), shots, 12);
  }

  private static SimulationResult exact(String name) {
    return new StateVectorSimulator()
        .run(
            Programs.circuit(source(name)),
            RunOptions.of(1, 1, Programs.MEMORY).withProbabilities(),
            CancelSignal.NEVER,
            ProgressListener.NONE);
  }
}

package dev.reeve.quantum.mitigation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ClassicalExpression;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.SplitMix;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.NoiseModel;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationMethod;
import dev.reeve.quantum.simulator.SimulationResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What readout got wrong is taken out of counts.
class ReadoutMitigationTest {
  @Test
  void exact_shares_come_back() {
    // Half of 00 and half of 11, zeros read as ones in 1 of 10, ones as zeros in 2 of 10.
    Map<String, Long> counts = Map.of("00", 4_250L, "01", 1_250L, "10", 1_250L, "11", 3_250L);

    QuasiProbabilities found = of(counts, Collections.nCopies(2, new Misreading(0.1, 0.2)));
    SortedMap<String, Double> quasi = found.shares();

    assertThat(quasi.get("00")).isCloseTo(0.5, within(1e-8));
    assertThat(quasi.get("11")).isCloseTo(0.5, within(1e-8));
    assertThat(quasi.get("01")).isCloseTo(0, within(1e-8));
    assertThat(found.mean(Indexes.of(0, 1))).isCloseTo(1, within(1e-8));
    assertThat(found.mean(Indexes.of(0))).isCloseTo(0, within(1e-8));
  }

  @ParameterizedTest
  @CsvSource({"3, 0.2", "9, 0.1", "10, 0.15"})
  void many_bits_that_err_often_come_back_as_by_the_inverse(int bits, double error) {
    List<Misreading> misreadings = new ArrayList<>();
    for (int bit = 0; bit < bits; bit++) {
      misreadings.add(new Misreading(error * (1 + 0.03 * bit), error * (1 - 0.04 * bit)));
    }
    Map<String, Long> counts = new TreeMap<>();
    SplitMix random = new SplitMix(bits);
    for (int i = 0; i < 1 << bits; i++) {
      counts.put(outcome(bits, i), 1 + random.nextLong(1_000));
    }

    QuasiProbabilities found = of(counts, misreadings);

    double[] inverse = inverse(counts, misreadings);
    for (int i = 0; i < inverse.length; i++) {
      assertThat(found.shares().get(outcome(bits, i))).isCloseTo(inverse[i], within(1e-6));
    }
    assertThat(found.residual()).isLessThan(1e-8);
  }

  /// Each bit by itself, since all outcomes were seen.
  private static double[] inverse(Map<String, Long> counts, List<Misreading> misreadings) {
    int bits = misreadings.size();
    double total = counts.values().stream().mapToLong(Long::longValue).sum();
    double[] shares = new double[1 << bits];
    Arrays.setAll(shares, i -> counts.getOrDefault(outcome(bits, i), 0L) / total);
    for (int bit = 0; bit < bits; bit++) {
      double up = misreadings.get(bit).zeroAsOne();
      double down = misreadings.get(bit).oneAsZero();
      for (int i = 0; i < shares.length; i++) {
        int one = i | 1 << bit;
        if (i != one) {
          double zeros = shares[i];
          shares[i] = ((1 - down) * zeros - down * shares[one]) / (1 - up - down);
          shares[one] = ((1 - up) * shares[one] - up * zeros) / (1 - up - down);
        }
      }
    }
    return shares;
  }

  private static String outcome(int bits, int value) {
    return String.format("%" + bits + "s", Integer.toBinaryString(value)).replace(' ', '0');
  }

  private static QuasiProbabilities of(Map<String, Long> counts, List<Misreading> misreadings) {
    return QuasiProbabilities.of(counts, misreadings, () -> {});
  }

  @Test
  void a_cancel_is_heeded_and_is_no_refusal() {
    assertThatThrownBy(() ->
            MitigatedRun.facts(
                MitigationSource.CALIBRATION,
                Map.of("0", 3L, "1", 4L),
                List.of(new Misreading(0.1, 0.1)),
                () -> true))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("QUANTUM_CANCELLED");
  }

  @Test
  void bits_that_say_next_to_nothing_are_refused_with_what_is_missed() {
    Map<String, Long> counts = new TreeMap<>();
    List<Misreading> misreadings = new ArrayList<>();
    SplitMix random = new SplitMix(1);
    for (int i = 0; i < 256; i++) {
      counts.put(outcome(8, i), 1 + random.nextLong(1_000));
    }
    for (int bit = 0; bit < 8; bit++) {
      misreadings.add(new Misreading(0.49 + bit * 1e-3, 0.5));
    }

    assertThatThrownBy(() -> of(counts, misreadings))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("READOUT_NOT_MITIGATED")
        .hasMessageContaining("of the counts is missed");
  }

  @ParameterizedTest
  @EnumSource(MitigationSource.class)
  void a_hundred_qubits_come_nearer_to_the_truth(MitigationSource source) {
    SimulationResult result = run(ghz(100), "readout:0.01:0.02", 2_000, source);

    double raw = result.counts().getOrDefault("0".repeat(100), 0L) / 2_000.0;
    Map<String, Double> quasi = quasi(result);

    assertThat(raw).isLessThan(0.25);
    assertThat(quasi.get("0".repeat(100))).isBetween(0.35, 0.65);
    assertThat(quasi.values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-6));
    assertThat(quasi.keySet()).isEqualTo(result.counts().keySet());
  }

  @Test
  void both_sources_agree_on_a_small_circuit() {
    for (MitigationSource source : MitigationSource.values()) {
      Map<String, Double> quasi = quasi(run(ghz(3), "readout:0.05:0.1", 20_000, source));

      assertThat(quasi.get("000")).isCloseTo(0.5, within(0.02));
      assertThat(quasi.get("111")).isCloseTo(0.5, within(0.02));
    }
  }

  @Test
  void bits_that_no_measurement_writes_are_taken_as_they_are() {
    Circuit circuit =
        Circuit.of(2, 2, List.of(GateOperation.of(Gate.X, 1), new Operation.Measure(1, 1)));

    Map<String, Double> quasi =
        quasi(run(circuit, "readout:0.1", 5_000, MitigationSource.CALIBRATION));

    assertThat(quasi.get("10")).isCloseTo(1, within(0.03));
  }

  @Test
  void bits_that_are_not_one_qubit_measured_are_refused_before_the_run() {
    Operation measured = new Operation.Measure(0, 0);
    ClassicalExpression one = new ClassicalExpression.Constant(1);
    for (List<Operation> operations :
        List.<List<Operation>>of(
            List.of(measured, new Operation.AssignBits(Indexes.of(0), one)),
            List.of(new Operation.If(one, List.of(measured), List.of())),
            List.of(measured, new Operation.While(one, List.of(measured), 2)),
            List.of(measured, new Operation.Measure(1, 0)))) {
      for (MitigationSource source : MitigationSource.values()) {
        assertThatThrownBy(() -> run(Circuit.of(2, 1, operations), "readout:0.1", 10, source))
            .isInstanceOf(ProblemException.class)
            .hasMessageContaining("READOUT_NOT_MITIGATED")
            .hasMessageContaining("bit 0 of the result");
      }
    }
  }

  @Test
  void a_qubit_may_be_measured_into_its_bit_again() {
    Operation measured = new Operation.Measure(0, 0);
    Operation dropped = new Operation.Measure(1, Operation.Measure.DISCARD);
    Circuit circuit = Circuit.of(2, 1, List.of(measured, dropped, measured));

    assertThat(quasi(run(circuit, "readout:0.1", 5_000, MitigationSource.CALIBRATION)).get("0"))
        .isCloseTo(1, within(0.03));
  }

  @Test
  void counts_stay_when_nothing_can_be_taken_out_of_them() {
    SimulationResult result = run(ghz(2), "readout:0.5", 100, MitigationSource.CALIBRATION);

    assertThat(result.counts().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
    assertThat(result.metadata())
        .containsKey("readout_mitigation_refused")
        .doesNotContainKeys("quasi_probabilities", "readout_mitigation");
    assertThat(result.metadata().get("readout_mitigation_refused")).contains("read alike");
  }

  @Test
  void what_cannot_be_told_apart_is_refused() {
    assertThatThrownBy(() -> of(Map.of("0", 1L), List.of(new Misreading(0.5, 0.5))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("read alike");
  }

  @Test
  void too_many_outcomes_are_refused_with_the_number() {
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < 5_000; i++) {
      counts.put(String.format("%13s", Integer.toBinaryString(i)).replace(' ', '0'), 1L);
    }

    assertThatThrownBy(() -> of(counts, Collections.nCopies(13, Misreading.NONE)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("5000")
        .hasMessageContaining("4096");
  }

  private static SimulationResult run(
      Circuit circuit, String noise, int shots, MitigationSource source) {
    CircuitSimulator simulator = new CircuitSimulator();
    RunOptions options =
        RunOptions.of(shots, 11, 1 << 28).withNoise(NoiseModel.parse("noise", noise));
    return new MitigatedRun(simulator::run, simulator::run, source)
        .run(
            circuit,
            simulator.choose(circuit, SimulationMethod.AUTO, options),
            options,
            CancelSignal.NEVER,
            ProgressListener.NONE);
  }

  private static Map<String, Double> quasi(SimulationResult result) {
    Map<String, Double> quasi = new TreeMap<>();
    Matcher pairs =
        Pattern.compile("\"([01]+)\":([-0-9.E]+)")
            .matcher(result.metadata().getOrDefault("quasi_probabilities", ""));
    while (pairs.find()) {
      quasi.put(pairs.group(1), Double.valueOf(pairs.group(2)));
    }
    return quasi;
  }

  private static Circuit ghz(int qubits) {
    List<Operation> operations = new ArrayList<>();
    operations.add(GateOperation.of(Gate.H, 0));
    for (int i = 1; i < qubits; i++) {
      operations.add(GateOperation.of(Gate.X, i).controlledBy(i - 1, true));
    }
    for (int i = 0; i < qubits; i++) {
      operations.add(new Operation.Measure(i, i));
    }
    return Circuit.of(qubits, qubits, operations);
  }
}

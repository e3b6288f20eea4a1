package dev.reeve.quantum.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.SplitMix;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Published families of circuits, generated at several sizes, with the answer that theory gives.
class FamiliesTest {
  private static final String HEAD = "OPENQASM 3.0; include \"stdgates.inc\";\n";

  @ParameterizedTest
  @CsvSource({
    "3,statevector",
    "12,matrix_product_state",
    "80,matrix_product_state",
    "500,stabilizer"
  })
  void ghz(int qubits, String method) {
    String program =
        HEAD
            + "qubit[N] q; bit[N] c; h q[0]; for int i in [0:N-2] { cx q[i], q[i+1]; } c = measure q;"
                .replace("N-2", Integer.toString(qubits - 2))
                .replace("N", Integer.toString(qubits));

    assertThat(run(program, method).counts().keySet())
        .containsExactly("0".repeat(qubits), "1".repeat(qubits));
  }

  @ParameterizedTest
  @CsvSource({"1011,statevector", "110100101,matrix_product_state", "1100110101010111,stabilizer"})
  void bernstein_vazirani_finds_the_hidden_string(String hidden, String method) {
    int n = hidden.length();
    StringBuilder program = new StringBuilder(HEAD);
    program.append("qubit[%d] q; qubit a; bit[%d] c; x a; h a; h q;\n".formatted(n, n));
    for (int i = 0; i < n; i++) {
      if (hidden.charAt(n - 1 - i) == '1') {
        program.append("cx q[%d], a;\n".formatted(i));
      }
    }
    program.append("h q; c = measure q;");

    assertThat(run(program.toString(), method).counts()).containsOnlyKeys(hidden);
  }

  /// sin((2k + 1) asin(2^(-n/2)))^2 after k rounds.
  @ParameterizedTest
  @CsvSource({"3,2,5", "4,3,9", "5,4,17", "6,1,44"})
  void grover(int n, int rounds, int item) {
    StringBuilder program = new StringBuilder(HEAD);
    program.append("qubit[%d] q; bit[%d] c; h q;\n".formatted(n, n));
    for (int round = 0; round < rounds; round++) {
      program.append(phaseOn(n, item)).append("h q;\n").append(phaseOn(n, 0)).append("h q;\n");
    }
    program.append("c = measure q;");

    SortedMap<String, Double> found = exact(program.toString(), "statevector");

    double angle = (2 * rounds + 1) * Math.asin(Math.pow(2, -n / 2.0));
    String text = Integer.toBinaryString(1 << n | item).substring(1);
    assertThat(found.getOrDefault(text, 0.0))
        .isCloseTo(Math.pow(Math.sin(angle), 2), within(1e-10));
  }

  private static String phaseOn(int n, int item) {
    StringBuilder flips = new StringBuilder();
    for (int i = 0; i < n; i++) {
      if ((item >> i & 1) == 0) {
        flips.append("x q[%d];".formatted(i));
      }
    }
    StringBuilder controlled = new StringBuilder("ctrl(%d) @ z ".formatted(n - 1));
    for (int i = 0; i < n; i++) {
      controlled.append(i == 0 ? "" : ",").append("q[%d]".formatted(i));
    }
    return flips + "\n" + controlled + ";\n" + flips + "\n";
  }

  /// A state of period 2^k has a transform of period 2^(n - k).
  @ParameterizedTest
  @CsvSource({"4,1", "6,2", "10,3", "15,4"})
  void fourier_transform_finds_a_period(int n, int k) {
    List<Operation> operations = new ArrayList<>();
    for (int qubit = k; qubit < n; qubit++) {
      operations.add(GateOperation.of(Gate.H, qubit));
    }
    for (int target = n - 1; target >= 0; target--) {
      operations.add(GateOperation.of(Gate.H, target));
      for (int control = 0; control < target; control++) {
        double[] angle = {Math.PI / (1L << (target - control))};
        operations.add(GateOperation.of(Gate.P, angle, target).controlledBy(control, true));
      }
    }
    for (int i = 0; i < n / 2; i++) {
      operations.add(GateOperation.of(Gate.SWAP, i, n - 1 - i));
    }

    RunOptions options = RunOptions.of(1, 1, 1 << 24).withProbabilities();
    SimulationResult result =
        SimulatorsAgreeTest.run(Circuit.of(n, 0, operations), options, "statevector");

    SortedMap<String, Double> found = result.probabilities().orElseThrow();
    double sum = 0;
    for (int multiple = 0; multiple < 1 << k; multiple++) {
      String text = Integer.toBinaryString(1 << n | multiple << (n - k)).substring(1);
      assertThat(found.getOrDefault(text, 0.0)).isCloseTo(Math.pow(2, -k), within(1e-10));
      sum += found.getOrDefault(text, 0.0);
    }
    assertThat(sum).isCloseTo(1, within(1e-10));
  }

  @ParameterizedTest
  @CsvSource({"3,5,6,statevector", "5,19,30,statevector", "8,200,99,matrix_product_state"})
  void ripple_carry_adder(int n, int a, int b, String method) {
    StringBuilder program = new StringBuilder(HEAD);
    program.append(
        "gate maj x,y,z { cx z,y; cx z,x; ccx x,y,z; } gate uma x,y,z { ccx x,y,z; cx z,x; cx x,y;"
            + " }\n");
    program.append(
        "qubit c; qubit[%d] a; qubit[%d] b; qubit z; bit[%d] s;\n".formatted(n, n, n + 1));
    for (int i = 0; i < n; i++) {
      program.append((a >> i & 1) == 1 ? "x a[%d];".formatted(i) : "");
      program.append((b >> i & 1) == 1 ? "x b[%d];".formatted(i) : "");
    }
    program.append("maj c, b[0], a[0];\n");
    for (int i = 1; i < n; i++) {
      program.append("maj a[%d], b[%d], a[%d];\n".formatted(i - 1, i, i));
    }
    program.append("cx a[%d], z;\n".formatted(n - 1));
    for (int i = n - 1; i > 0; i--) {
      program.append("uma a[%d], b[%d], a[%d];\n".formatted(i - 1, i, i));
    }
    program.append("uma c, b[0], a[0];\n");
    for (int i = 0; i < n; i++) {
      program.append("s[%d] = measure b[%d];".formatted(i, i));
    }
    program.append("s[%d] = measure z;".formatted(n));

    String sum = Integer.toBinaryString(1 << (n + 1) | (a + b)).substring(1);
    assertThat(run(program.toString(), method).counts()).containsOnlyKeys(sum);
  }

  /// One layer on a single edge cuts it with probability (1 + sin(4 b) sin(g)) / 2; with angles
  /// that are best for it, always.
  @ParameterizedTest
  @CsvSource({"0.3,0.2", "1.1,0.5", "1.5707963267948966,0.39269908169872414"})
  void qaoa_of_an_edge(double gamma, double beta) {
    String program =
        HEAD
            + """
            qubit[2] q; bit[2] c;
            h q;
            cx q[0], q[1]; rz(%1$s) q[1]; cx q[0], q[1];
            rx(%2$s) q;
            c = measure q;
            """
                .formatted(-gamma, 2 * beta);

    SortedMap<String, Double> found = exact(program, "density_matrix");

    double cut = found.getOrDefault("01", 0.0) + found.getOrDefault("10", 0.0);
    assertThat(cut).isCloseTo((1 + Math.sin(4 * beta) * Math.sin(gamma)) / 2, within(1e-10));
  }

  /// Without a field the energy of each bond is kept, and a quench of one spin beats at twice the
  /// field: X of a spin in a field h turns by cos(2 h t).
  @ParameterizedTest
  @ValueSource(ints = {4, 9, 14})
  void ising_spins_without_coupling_precess(int n) {
    double fieldTime = 0.37;
    String program =
        HEAD
            + "qubit[%d] q; bit[%d] c; for int s in [1:10] { rx(%s) q; } c = measure q;"
                .formatted(n, n, 2 * fieldTime / 10);

    SortedMap<String, Double> found = exact(program, "statevector");

    assertThat(found.getOrDefault("0".repeat(n), 0.0))
        .isCloseTo(Math.pow(Math.cos(fieldTime), 2 * n), within(1e-10));
  }

  /// The ansatz of one excitation keeps one electron pair in play: cos and sin of half its angle.
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4, 2.1})
  void vqe_ansatz_of_hydrogen(double theta) {
    String program =
        HEAD
            + "qubit[2] q; bit[2] c; x q[0]; ry(%s) q[1]; cx q[1], q[0]; c = measure q;"
                .formatted(theta);

    SortedMap<String, Double> found = exact(program, "statevector");

    assertThat(found.getOrDefault("01", 0.0))
        .isCloseTo(Math.pow(Math.cos(theta / 2), 2), within(1e-12));
    assertThat(found.getOrDefault("10", 0.0))
        .isCloseTo(Math.pow(Math.sin(theta / 2), 2), within(1e-12));
  }

  /// Heavy outputs of random circuits come with probability (1 + ln 2) / 2 on average.
  @ParameterizedTest
  @ValueSource(ints = {8, 14})
  void quantum_volume_has_heavy_outputs(int n) {
    SplitMix random = new SplitMix(n);
    List<Operation> operations = new ArrayList<>();
    for (int layer = 0; layer < n; layer++) {
      for (int i = 0; i + 1 < n; i += 2) {
        int first = (i + layer * 3) % n;
        int second = (i + 1 + layer * 3) % n;
        operations.add(GateOperation.unitary(Unitaries.random(4, random), first, second));
      }
    }

    RunOptions options = RunOptions.of(1, 1, 1 << 24).withProbabilities();
    SortedMap<String, Double> found =
        SimulatorsAgreeTest.run(Circuit.of(n, 0, operations), options, "statevector")
            .probabilities()
            .orElseThrow();

    double[] sorted = found.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double heavy = 0;
    for (int i = sorted.length - (1 << (n - 1)); i < sorted.length; i++) {
      heavy += sorted[i];
    }
    assertThat(heavy).isCloseTo((1 + Math.log(2)) / 2, within(0.05));
  }

  @ParameterizedTest
  @CsvSource({"6,density_matrix", "40,stabilizer", "300,stabilizer"})
  void random_clifford_circuits_and_their_inverse_are_nothing(int n, String method) {
    List<Operation> there = SimulatorsAgreeTest.gates(n, 200, n, true);
    List<Operation> operations = new ArrayList<>(there);
    there.reversed().forEach(each -> operations.add(((GateOperation) each).inverse()));

    SimulationResult result =
        SimulatorsAgreeTest.run(
            Circuit.of(n, 0, operations), RunOptions.of(20, 1, 1 << 26), method);

    assertThat(result.counts()).containsOnlyKeys("0".repeat(n));
  }

  /// Distance three: one flipped data qubit is seen by the checks that touch it, and no other.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void surface_code_sees_a_flip(int flipped) {
    int[][] checks = {{0, 1, 3, 4}, {4, 5, 7, 8}, {2, 5}, {3, 6}};
    StringBuilder program =
        new StringBuilder(HEAD + "qubit[9] d; qubit[4] a; bit[4] s; bit[9] m;\n");
    program.append("x d[%d];\n".formatted(flipped));
    StringBuilder expected = new StringBuilder();
    for (int check = 0; check < checks.length; check++) {
      boolean seen = false;
      for (int data : checks[check]) {
        program.append("cx d[%d], a[%d];".formatted(data, check));
        seen |= data == flipped;
      }
      program.append("s[%d] = measure a[%d]; reset a[%d];\n".formatted(check, check, check));
      expected.insert(0, seen ? '1' : '0');
    }
    program.append("m = measure d;");

    SimulationResult result = run(program.toString(), "stabilizer");

    assertThat(result.counts().keySet())
        .singleElement()
        .satisfies(
            text -> assertThat(text.substring(text.length() - 4)).isEqualTo(expected.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"statevector", "matrix_product_state", "density_matrix"})
  void teleportation_with_feedback(String method) {
    String program =
        HEAD
            + """
            qubit[3] q; bit a; bit b; bit out;
            ry(1.1) q[0];
            h q[1]; cx q[1], q[2];
            cx q[0], q[1]; h q[0];
            a = measure q[0]; b = measure q[1];
            if (b) x q[2];
            if (a) z q[2];
            ry(-1.1) q[2];
            out = measure q[2];
            """;

    assertThat(run(program, method).counts().keySet()).allMatch(text -> text.charAt(0) == '0');
  }

  private static SimulationResult run(String program, String method) {
    return SimulatorsAgreeTest.run(
        Programs.circuit(program), RunOptions.of(200, 3, 1 << 26), method);
  }

  private static SortedMap<String, Double> exact(String program, String method) {
    RunOptions options = RunOptions.of(1, 3, 1 << 24).withProbabilities();
    return SimulatorsAgreeTest.run(Programs.circuit(program), options, method)
        .probabilities()
        .orElseThrow();
  }
}

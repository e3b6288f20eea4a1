package dev.reeve.quantum.qasm;

import static dev.reeve.quantum.qasm.ReferenceGates.H;
import static dev.reeve.quantum.qasm.ReferenceGates.S;
import static dev.reeve.quantum.qasm.ReferenceGates.SWAP;
import static dev.reeve.quantum.qasm.ReferenceGates.SX;
import static dev.reeve.quantum.qasm.ReferenceGates.T;
import static dev.reeve.quantum.qasm.ReferenceGates.X;
import static dev.reeve.quantum.qasm.ReferenceGates.Y;
import static dev.reeve.quantum.qasm.ReferenceGates.Z;
import static dev.reeve.quantum.qasm.ReferenceGates.builtIn3;
import static dev.reeve.quantum.qasm.ReferenceGates.phase;
import static dev.reeve.quantum.qasm.ReferenceGates.rotation;
import static dev.reeve.quantum.qasm.ReferenceGates.u;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.Complex;
import dev.reeve.quantum.NaiveMatrix;
import dev.reeve.quantum.Programs;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every gate of both libraries against its textbook matrix.
class StandardGatesTest {
  private static final double EXACT = 1e-14;

  /// Calls without their operands; the angles in the matrix are written out again.
  private static Map<String, NaiveMatrix> common() {
    Map<String, NaiveMatrix> gates = new TreeMap<>();
    gates.put("id", NaiveMatrix.identity(2));
    gates.put("x", X);
    gates.put("y", Y);
    gates.put("z", Z);
    gates.put("h", H);
    gates.put("s", S);
    gates.put("sdg", S.adjoint());
    gates.put("t", T);
    gates.put("tdg", T.adjoint());
    gates.put("sx", SX);
    gates.put("p(0.7)", phase(0.7));
    gates.put("u1(0.7)", phase(0.7));
    gates.put("rx(0.7)", rotation(X, 0.7));
    gates.put("ry(0.7)", rotation(Y, 0.7));
    gates.put("rz(0.7)", rotation(Z, 0.7));
    gates.put("cx", X.controlled());
    gates.put("CX", X.controlled());
    gates.put("cy", Y.controlled());
    gates.put("cz", Z.controlled());
    gates.put("ch", H.controlled());
    gates.put("cp(0.7)", phase(0.7).controlled());
    gates.put("crx(0.7)", rotation(X, 0.7).controlled());
    gates.put("cry(0.7)", rotation(Y, 0.7).controlled());
    gates.put("crz(0.7)", rotation(Z, 0.7).controlled());
    gates.put("swap", SWAP);
    gates.put("cswap", SWAP.controlled());
    gates.put("ccx", X.controlled().controlled());
    gates.put("cu(0.7,0.2,-0.4,1.3)", u(0.7, 0.2, -0.4).scaled(Complex.unit(1.3)).controlled());
    return gates;
  }

  @TestFactory
  Stream<DynamicTest> gates_of_stdgates_have_their_exact_matrix() {
    Map<String, NaiveMatrix> gates = common();
    gates.put("phase(0.7)", phase(0.7));
    gates.put("cphase(0.7)", phase(0.7).controlled());
    gates.put("u2(0.2,-0.4)", u(Math.PI / 2, 0.2, -0.4).scaled(Complex.unit(0.1)));
    gates.put("u3(0.7,0.2,-0.4)", u(0.7, 0.2, -0.4).scaled(Complex.unit(0.1)));
    gates.put("U(0.7,0.2,-0.4)", builtIn3(0.7, 0.2, -0.4));
    assertThat(names(gates)).containsAll(included("stdgates.inc"));

    return gates.entrySet().stream()
        .map(gate ->
            DynamicTest.dynamicTest(
                gate.getKey(),
                () -> {
                  NaiveMatrix actual = matrix("OPENQASM 3.0; include \"stdgates.inc\";", gate);

                  assertThat(actual.distance(gate.getValue())).isLessThan(EXACT);
                }));
  }

  @TestFactory
  Stream<DynamicTest> gates_of_stdgates_keep_their_phase_under_control() {
    Map<String, NaiveMatrix> gates = common();
    gates.put("u2(0.2,-0.4)", u(Math.PI / 2, 0.2, -0.4).scaled(Complex.unit(0.1)));
    gates.put("u3(0.7,0.2,-0.4)", u(0.7, 0.2, -0.4).scaled(Complex.unit(0.1)));
    gates.put("U(0.7,0.2,-0.4)", builtIn3(0.7, 0.2, -0.4));

    return gates.entrySet().stream()
        .map(gate ->
            DynamicTest.dynamicTest(
                gate.getKey(),
                () -> {
                  NaiveMatrix controlled = gate.getValue().controlled();
                  NaiveMatrix actual =
                      matrix(
                          "OPENQASM 3.0; include \"stdgates.inc\";",
                          Map.entry("ctrl @ " + gate.getKey(), controlled));

                  assertThat(actual.distance(controlled)).isLessThan(EXACT);
                }));
  }

  @TestFactory
  Stream<DynamicTest> gates_of_qelib1_have_their_matrix_up_to_a_phase() {
    Map<String, NaiveMatrix> gates = common();
    NaiveMatrix xx = X.on(2, 0).after(X.on(2, 1));
    NaiveMatrix zz = Z.on(2, 0).after(Z.on(2, 1));
    gates.put("u0(1)", NaiveMatrix.identity(2));
    gates.put("u(0.7,0.2,-0.4)", u(0.7, 0.2, -0.4));
    gates.put("u2(0.2,-0.4)", u(Math.PI / 2, 0.2, -0.4));
    gates.put("u3(0.7,0.2,-0.4)", u(0.7, 0.2, -0.4));
    gates.put("U(0.7,0.2,-0.4)", u(0.7, 0.2, -0.4));
    gates.put("cu1(0.7)", phase(0.7).controlled());
    gates.put("cu3(0.7,0.2,-0.4)", u(0.7, 0.2, -0.4).controlled());
    gates.put("sxdg", SX.adjoint());
    gates.put("csx", SX.controlled());
    gates.put("rxx(0.7)", rotation(xx, 0.7));
    gates.put("rzz(0.7)", rotation(zz, 0.7));
    for (String name : new String[] {"c3x", "cccx"}) {
      gates.put(name, X.controlled().controlled().controlled());
    }
    for (String name : new String[] {"c4x", "ccccx"}) {
      gates.put(name, X.controlled().controlled().controlled().controlled());
    }
    for (String name : new String[] {"c3sqrtx", "cccsqrtx"}) {
      gates.put(name, SX.controlled().controlled().controlled());
    }
    gates.put("rccx", rccx());
    gates.put("rc3x", rc3x());
    gates.put("rcccx", rc3x());
    assertThat(names(gates)).containsAll(included("qelib1.inc"));

    return gates.entrySet().stream()
        .map(gate ->
            DynamicTest.dynamicTest(
                gate.getKey(),
                () -> {
                  NaiveMatrix actual = matrix("OPENQASM 2.0; include \"qelib1.inc\";", gate);

                  assertThat(actual.distanceUpToPhase(gate.getValue())).isLessThan(EXACT);
                }));
  }

  @Test
  void built_in_gate_of_version_3_carries_half_its_angle_as_phase() {
    NaiveMatrix difference = u(0.7, 0.2, -0.4).scaled(Complex.unit(0.35));

    assertThat(builtIn3(0.7, 0.2, -0.4).distance(difference)).isLessThan(EXACT);
  }

  /// A flip of the third qubit under two controls, up to phases.
  private static NaiveMatrix rccx() {
    NaiveMatrix phases =
        NaiveMatrix.diagonal(
            Complex.ONE,
            Complex.ONE,
            Complex.ONE,
            Complex.I,
            Complex.ONE,
            Complex.of(-1),
            Complex.ONE,
            Complex.I.times(-1));
    return NaiveMatrix.permutation(8, i -> (i & 3) == 3 ? i ^ 4 : i).after(phases);
  }

  /// A flip of the fourth qubit under three controls, up to phases.
  private static NaiveMatrix rc3x() {
    Complex[] phases = new Complex[16];
    Arrays.fill(phases, Complex.ONE);
    phases[3] = Complex.I;
    phases[7] = Complex.of(-1);
    phases[11] = Complex.I.times(-1);
    return NaiveMatrix.permutation(16, i -> (i & 7) == 7 ? i ^ 8 : i)
        .after(NaiveMatrix.diagonal(phases));
  }

  private static NaiveMatrix matrix(String head, Map.Entry<String, NaiveMatrix> gate) {
    int qubits = Integer.numberOfTrailingZeros(gate.getValue().dimension());
    StringBuilder program = new StringBuilder(head);
    program.append("qreg q[").append(qubits).append("];").append(gate.getKey());
    for (int i = 0; i < qubits; i++) {
      program.append(i == 0 ? " " : ",").append("q[").append(i).append(']');
    }
    return Programs.unitary(Programs.circuit(program.append(';').toString()));
  }

  private static Set<String> names(Map<String, NaiveMatrix> gates) {
    Set<String> names = new TreeSet<>();
    gates.keySet().forEach(call -> names.add(call.replaceAll("\\(.*", "")));
    return names;
  }

  private static Set<String> included(String file) {
    return GateLibraries.included(file).orElseThrow().keySet();
  }
}

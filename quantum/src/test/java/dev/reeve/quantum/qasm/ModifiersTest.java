package dev.reeve.quantum.qasm;

import static dev.reeve.quantum.qasm.ReferenceGates.H;
import static dev.reeve.quantum.qasm.ReferenceGates.S;
import static dev.reeve.quantum.qasm.ReferenceGates.SWAP;
import static dev.reeve.quantum.qasm.ReferenceGates.SX;
import static dev.reeve.quantum.qasm.ReferenceGates.X;
import static dev.reeve.quantum.qasm.ReferenceGates.Z;
import static dev.reeve.quantum.qasm.ReferenceGates.builtIn3;
import static dev.reeve.quantum.qasm.ReferenceGates.phase;
import static dev.reeve.quantum.qasm.ReferenceGates.rotation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.Complex;
import dev.reeve.quantum.NaiveMatrix;
import dev.reeve.quantum.Programs;
import org.junit.jupiter.api.Test;

class ModifiersTest {
  private static final String HEAD = "OPENQASM 3.0; include \"stdgates.inc\"; ";

  @Test
  void negative_control_acts_on_zero() {
    NaiveMatrix flip = X.on(2, 0);

    assertMatrix("qubit[2] q; negctrl @ h q[0], q[1];", flip.after(H.controlled()).after(flip));
  }

  @Test
  void controls_are_counted_and_stand_before_targets() {
    NaiveMatrix expected =
        NaiveMatrix.permutation(16, i -> (i & 0b0111) == 0b0110 ? i ^ 0b1000 : i);

    assertMatrix("qubit[4] q; negctrl @ ctrl(2) @ x q[0], q[1], q[2], q[3];", expected);
  }

  @Test
  void controlled_global_phase_is_a_phase_on_the_control() {
    assertMatrix("qubit q; ctrl @ gphase(0.3) q;", phase(0.3));
    assertMatrix(
        "qubit q; negctrl @ gphase(0.3) q;", NaiveMatrix.diagonal(Complex.unit(0.3), Complex.ONE));
    assertMatrix("qubit[2] q; ctrl(2) @ gphase(0.3) q[0], q[1];", phase(0.3).controlled());
  }

  @Test
  void phase_inside_a_definition_is_seen_under_control() {
    assertMatrix(
        "gate turned(a) t { gphase(-a / 2); U(0, 0, a) t; } qubit[2] q;"
            + " ctrl @ turned(0.8) q[0], q[1];",
        rotation(Z, 0.8).controlled());
  }

  @Test
  void inverse_reverses_a_definition() {
    assertMatrix(
        "gate g(a) t { h t; rx(a) t; s t; gphase(a); } qubit q; inv @ g(0.8) q; g(0.8) q;",
        NaiveMatrix.identity(2));
  }

  @Test
  void inverse_of_the_built_in_gate_undoes_its_phase_too() {
    assertMatrix(
        "qubit[2] q; ctrl @ inv @ U(0.3, 0.5, 0.7) q[0], q[1];",
        builtIn3(0.3, 0.5, 0.7).adjoint().controlled());
  }

  @Test
  void whole_powers_repeat_and_negative_ones_repeat_the_inverse() {
    assertMatrix("qubit q; pow(3) @ sx q;", SX.after(SX).after(SX));
    assertMatrix("qubit q; pow(-2) @ t q;", S.adjoint());
    assertMatrix("qubit q; pow(0) @ h q;", NaiveMatrix.identity(2));
    assertMatrix(
        "gate g t { h t; s t; } qubit q; pow(-2) @ g q;", S.after(H).after(S).after(H).adjoint());
  }

  @Test
  void huge_power_of_one_gate_is_one_operation() {
    assertThat(
            Programs.circuit(HEAD + "qubit[2] q; ctrl @ pow(2 ** 40) @ rx(0.1) q[0], q[1];")
                .operations())
        .hasSize(1);
    assertMatrix("qubit q; pow(1000001) @ h q;", H);
  }

  @Test
  void fractional_powers_are_principal_roots() {
    assertMatrix("qubit q; pow(0.5) @ x q;", SX);
    assertMatrix("qubit q; pow(0.5) @ z q;", S);
    assertMatrix("qubit q; pow(-0.5) @ z q;", S.adjoint());
    assertMatrix("qubit q; pow(0.5) @ p(3 * pi / 2) q;", phase(-Math.PI / 4));
    assertMatrix("qubit q; pow(0.25) @ rx(0.8) q;", rotation(X, 0.2));
    assertMatrix("qubit[2] q; ctrl @ pow(0.5) @ x q[0], q[1];", SX.controlled());
    assertMatrix("qubit[2] q; pow(0.5) @ ctrl @ x q[0], q[1];", SX.controlled());
  }

  @Test
  void quotient_in_an_exponent_is_not_cut() {
    assertMatrix("qubit q; pow(1/2) @ x q;", SX);
    assertMatrix(
        "gate flip a { U(pi, 0, pi) a; gphase(-pi / 2); } gate root a { pow(1/2) @ flip a; }"
            + " qubit q; root q;",
        SX);
  }

  @Test
  void square_root_of_a_two_qubit_gate_squares_to_it() {
    NaiveMatrix root =
        Programs.unitary(Programs.circuit(HEAD + "qubit[2] q; pow(0.5) @ swap q[0], q[1];"));

    assertThat(root.after(root).distance(SWAP)).isLessThan(1e-13);
    assertThat(root.cell(1, 1).plus(new Complex(-0.5, -0.5)).modulus()).isLessThan(1e-13);
  }

  @Test
  void fractional_power_of_a_definition_takes_all_of_it() {
    NaiveMatrix third =
        Programs.unitary(
            Programs.circuit(
                HEAD
                    + "gate g a, b { h a; cx a, b; t b; } qubit[2] q;"
                    + " pow(1/3) @ g q[0], q[1];"));
    NaiveMatrix whole =
        Programs.unitary(Programs.circuit(HEAD + "qubit[2] q; h q[0]; cx q[0], q[1]; t q[1];"));

    assertThat(third.after(third).after(third).distance(whole)).isLessThan(1e-12);
  }

  @Test
  void equal_eigenvalues_do_not_disturb_a_root() {
    NaiveMatrix root =
        Programs.unitary(
            Programs.circuit(
                HEAD
                    + "gate g a, b, c { swap a, b; swap b, c; } qubit[3] q;"
                    + " pow(0.5) @ g q[0], q[1], q[2];"));
    NaiveMatrix cycle =
        Programs.unitary(Programs.circuit(HEAD + "qubit[3] q; swap q[0], q[1]; swap q[1], q[2];"));

    assertThat(root.after(root).distance(cycle)).isLessThan(1e-12);
  }

  @Test
  void modifiers_work_from_the_gate_outwards() {
    assertMatrix("qubit[2] q; inv @ ctrl @ pow(2) @ t q[0], q[1];", S.adjoint().controlled());
  }

  private static void assertMatrix(String program, NaiveMatrix expected) {
    NaiveMatrix actual = Programs.unitary(Programs.circuit(HEAD + program));

    assertThat(actual.distance(expected)).as(program).isLessThan(1e-13);
  }
}

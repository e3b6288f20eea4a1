package dev.reeve.quantum.qasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.Programs;
import dev.reeve.quantum.Register;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What programs may say, seen through the circuits they become or the outcomes they have.
class LanguageTest {
  private static final String HEAD = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n";

  @Test
  void single_call_spreads_over_registers() {
    assertThat(gates("qubit[3] q; qubit[3] r; qubit s; x q; cx q, r; ccx s, q, r[{2, 0, 1}];"))
        .containsExactly(
            "X 0",
            "X 1",
            "X 2",
            "X +0 3",
            "X +1 4",
            "X +2 5",
            "X +0 +6 5",
            "X +1 +6 3",
            "X +2 +6 4");
  }

  @Test
  void indexes_slices_and_sets_choose_qubits() {
    assertThat(gates("qubit[6] q; x q[0]; y q[-1]; z q[1:2]; h q[0:2:5]; s q[{3, 1}]; t q[4:];"))
        .containsExactly(
            "X 0", "Y 5", "Z 1", "Z 2", "H 0", "H 2", "H 4", "S 3", "S 1", "T 4", "T 5");
    assertThat(gates("qubit[6] q; x q[:2:]; y q[5:-2:0]; z q[1:4][0]; h q[:1];"))
        .containsExactly("X 0", "X 2", "X 4", "Y 5", "Y 3", "Y 1", "Z 1", "H 0", "H 1");
  }

  @Test
  void aliases_name_and_join_qubits() {
    assertThat(
            gates(
                "qubit[3] a; qubit[2] b; let all = a ++ b; let some = all[1:2:3]; let one = a[0];"
                    + " x some; y all[-1]; z one;"))
        .containsExactly("X 1", "X 3", "Y 4", "Z 0");
  }

  @Test
  void aliases_name_bits_too() {
    assertThat(counts("qubit q; bit[4] c; let top = c[2:3]; top = \"10\"; c[0] = measure q;"))
        .isEqualTo(Map.of("1000", 10L));
  }

  @Test
  void loops_run_over_ranges_sets_and_bits() {
    assertThat(
            gates(
                """
                qubit[8] q;
                for int i in [0:2:4] x q[i];
                for uint[8] i in {5, 7} { y q[i]; }
                for int i in [3:-1:2] { for int j in [0:i - 2] { z q[j]; } }
                bit[3] c = "011";
                int at = 0;
                for bit b in c { if (b) h q[at]; at += 1; }
                """))
        .containsExactly("X 0", "X 2", "X 4", "Y 5", "Y 7", "Z 0", "Z 1", "Z 0", "H 0", "H 1");
  }

  @Test
  void branches_and_loops_that_are_known_leave_nothing_behind() {
    Circuit circuit =
        circuit(
            """
            qubit q;
            int n = 5;
            const bool on = true;
            while (n > 0) {
              n -= 1;
              if (n == 4) { continue; }
              if (n == 1) { break; }
              if (on) x q; else y q;
            }
            if (n == 1) { z q; } else if (n == 2) { h q; } else { s q; }
            """);

    assertThat(circuit.operations()).map(Object::toString).containsExactly("X 0", "X 0", "Z 0");
  }

  @Test
  void end_stops_the_program() {
    assertThat(gates("qubit q; x q; for int i in [0:3] { if (i == 1) end; y q; } z q;"))
        .containsExactly("X 0", "Y 0");
  }

  @Test
  void measured_condition_becomes_a_region() {
    Circuit circuit =
        circuit("qubit[2] q; bit c; h q[0]; c = measure q[0]; if (c) { x q[1]; } else z q[1];");

    assertThat(circuit.operations()).hasSize(3);
    Operation.If branch = (Operation.If) circuit.operations().get(2);
    assertThat(branch.then()).isEqualTo(List.of(GateOperation.of(Gate.X, 1)));
    assertThat(branch.otherwise()).isEqualTo(List.of(GateOperation.of(Gate.Z, 1)));
  }

  @Test
  void variable_assigned_in_a_region_is_no_longer_known() {
    assertThat(
            counts(
                """
                qubit[2] q;
                bit[2] c;
                int n = 1;
                x q[0];
                c[0] = measure q[0];
                if (c[0]) { n = 2; } else { n = 3; }
                if (n == 2) x q[1];
                c[1] = measure q[1];
                """))
        .isEqualTo(Map.of("11", 10L));
  }

  @Test
  void bit_assigned_in_a_region_is_no_longer_known() {
    assertThat(
            counts(
                """
                qubit[2] q;
                bit[3] c;
                c[2] = measure q[0];
                if (c[2]) { let alias = c; alias[0] = 1; }
                if (!c[0]) x q[1];
                c[1] = measure q[1];
                """))
        .isEqualTo(Map.of("010", 10L));
  }

  @Test
  void loop_that_a_measurement_ends_keeps_its_variables_in_memory() {
    assertThat(
            counts(
                """
                qubit q;
                bit c = 1;
                bit[4] seen;
                int n = 0;
                x q;
                c = measure q;
                while (c) {
                  n = n + 1;
                  if (n == 3) { x q; }
                  c = measure q;
                }
                seen = bit[4](uint[4](n));
                """))
        .isEqualTo(Map.of("00110", 10L));
  }

  @Test
  void bits_of_a_block_are_not_part_of_the_result() {
    Circuit circuit =
        circuit(
            """
            qubit q;
            bit out;
            for int i in [0:3] {
              bit[2] inner;
              inner[0] = measure q;
              if (inner[0]) x q;
              if (inner[1]) z q;
            }
            out = measure q;
            """);

    assertThat(circuit.bitRegisters()).isEqualTo(List.of(new Register("out", 0, 1)));
    assertThat(circuit.bits()).isEqualTo(3);
    assertThat(Programs.run(circuit, 10, 1).counts()).isEqualTo(Map.of("0", 10L));
  }

  @Test
  void loop_variable_keeps_the_bit_it_was_given() {
    assertThat(
            counts(
                """
                qubit[2] q;
                bit[2] c;
                bit out;
                x q;
                c = measure q;
                for bit b in c { c[0] = 0; c[1] = 0; if (b) { out = 1; } }
                """))
        .isEqualTo(Map.of("100", 10L));
  }

  @Test
  void compound_assignment_wraps_at_the_width_of_its_variable() {
    assertThat(gates("qubit[4] q; uint[2] u = 3; u += 1; x q[u]; int[3] i = 3; i += 1; y q[i];"))
        .containsExactly("X 0", "Y 0");
  }

  @Test
  void variables_of_a_block_share_their_memory_from_round_to_round() {
    Circuit circuit =
        circuit(
            """
            qubit q;
            bit c;
            h q;
            c = measure q;
            for int i in [0:50] { int copy = int(c); if (copy == 2) x q; }
            """);

    assertThat(circuit.variables()).isEqualTo(1);
  }

  @Test
  void inner_names_hide_outer_ones() {
    assertThat(
            gates("qubit[4] q; int i = 3; { int i = 1; x q[i]; } for int i in {2} y q[i]; z q[i];"))
        .containsExactly("X 1", "Y 2", "Z 3");
  }

  @Test
  void gates_take_constants_from_outside_and_loop_inside() {
    assertThat(
            gates(
                """
                const float step = 0.25;
                gate turn(n) a, b { for int i in [1:2] { rx(step * i * n) a; } barrier a, b; cx a, b; }
                qubit[2] q;
                turn(2) q[0], q[1];
                """))
        .containsExactly("RX[0.5] 0", "RX[1.0] 0", "Barrier[qubits=[0, 1]]", "X +0 1");
  }

  @Test
  void gate_parameters_may_carry_names_of_constants() {
    assertThat(gates("gate g(tau, pi) a { rx(tau + pi) a; } qubit q; g(1, 2) q;"))
        .containsExactly("RX[3.0] 0");
  }

  @Test
  void empty_gate_does_nothing() {
    assertThat(gates("gate nothing a { } qubit q; nothing q; ctrl @ gphase(0) q;"))
        .containsExactly("P[0.0] 0");
  }

  @Test
  void measurement_has_three_forms() {
    assertThat(counts("qubit[2] q; bit[2] c; x q[0]; c = measure q;")).isEqualTo(Map.of("01", 10L));
    assertThat(counts("qubit[2] q; bit[2] c; x q[0]; measure q -> c;"))
        .isEqualTo(Map.of("01", 10L));
    assertThat(counts("qubit[2] q; x q[0]; bit[2] c = measure q;")).isEqualTo(Map.of("01", 10L));
    assertThat(counts("qubit[2] q; bit[2] c; x q[0]; c[1:-1:0] = measure q;"))
        .isEqualTo(Map.of("10", 10L));
  }

  @Test
  void barrier_without_operands_spans_all_qubits() {
    assertThat(gates("qubit[2] q; qubit r; barrier; barrier r, q[0];"))
        .containsExactly("Barrier[qubits=[0, 1, 2]]", "Barrier[qubits=[2, 0]]");
  }

  @Test
  void registers_of_more_than_64_bits_are_compared_whole() {
    assertThat(
            counts(
                "qubit[3] q; bit[100] c; x q[0]; c[99] = measure q[0]; c[0] = measure q[1];"
                    + " if (c == \"1"
                    + "0".repeat(99)
                    + "\") x q[2]; if (c != 0) c[50] = 1;"
                    + " c[1] = measure q[2];"))
        .isEqualTo(Map.of("1" + "0".repeat(48) + "1" + "0".repeat(48) + "10", 10L));
  }

  @Test
  void comments_annotations_and_unicode_are_understood() {
    assertThat(
            gates(
                """
                /* a block
                   comment */
                @reversible and whatever stands here
                qubit[2] данные; // data
                @note
                rx(π/2) данные[0];
                """))
        .containsExactly("RX[1.5707963267948966] 0");
  }

  @Test
  void old_declarations_live_on_in_version_3() {
    assertThat(counts("qreg q[2]; creg c[2]; x q[1]; measure q -> c;"))
        .isEqualTo(Map.of("10", 10L));
  }

  @Test
  void angles_wrap_at_a_full_turn() {
    assertThat(gates("qubit q; angle a = -pi / 2; rx(a) q; angle[2] b = 1.5; rx(b) q;"))
        .containsExactly("RX[4.71238898038469] 0", "RX[1.5707963267948966] 0");
  }

  @Test
  void version_2_program_uses_all_its_statements() {
    Circuit circuit =
        Programs.circuit(
            """
            // a comment first
            OPENQASM 2.0;
            include "qelib1.inc";
            gate both(theta, phi) a, b { U(theta, phi, 0) a; barrier a, b; CX a, b; }
            gate none a { }
            opaque magic(x) a, b;
            qreg for[2];
            qreg int[1];
            creg c[2];
            creg d[1];
            both(pi/2, -pi^2) for[0], for[1];
            none int[0];
            u3(0.1, 0.2, 0.3) for;
            cx for, int[0];
            barrier for, int[0];
            reset int;
            measure for -> c;
            if (c == 3) measure int[0] -> d[0];
            if (d == 1) x int[0];
            """);

    assertThat(circuit.qubits()).isEqualTo(3);
    assertThat(circuit.bitRegisters())
        .isEqualTo(List.of(new Register("c", 0, 2), new Register("d", 2, 1)));
    assertThat(circuit.operations()).hasSize(13);
    assertThat(circuit.operations().get(11)).isInstanceOf(Operation.If.class);
  }

  @Test
  void version_2_program_may_define_what_the_library_got_later() {
    Circuit circuit =
        Programs.circuit(
            """
            OPENQASM 2.0;
            include "qelib1.inc";
            gate rzz(theta) a, b { cx a, b; u1(theta) b; cx a, b; }
            qreg q[2];
            rzz(0.3) q[0], q[1];
            """);

    assertThat(circuit.operations()).hasSize(3);
  }

  private static Circuit circuit(String body) {
    return Programs.circuit(HEAD + body);
  }

  private static List<String> gates(String body) {
    return circuit(body).operations().stream()
        .filter(o -> !(o instanceof Operation.Classical))
        .map(Object::toString)
        .toList();
  }

  private static Map<String, Long> counts(String body) {
    return Programs.run(HEAD + body, 10, 1).counts();
  }
}

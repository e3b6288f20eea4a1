package dev.reeve.quantum.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.quantum.Complex;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Programs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values of expressions, seen through what they do to a circuit.
class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          1 + 2 * 3 ; 7
          (1 + 2) * 3 ; 9
          2 ** 3 ** 2 ; 512
          -2 ** 2 + 10 ; 6
          7 / 2 ; 3
          -7 / 2 + 10 ; 7
          -7 % 3 + 10 ; 9
          7 % 3 ; 1
          1 << 4 | 1 ; 17
          0xff & 0b1010 ^ 0o17 ; 5
          ~0 & 255 ; 255
          1_000 + 24 ; 1024
          10 - 3 - 2 ; 5
          100 >> 2 ; 25
          uint[8](300) ; 44
          int[4](9) + 16 ; 9
          int(2.9) ; 2
          int(-2.9) + 10 ; 8
          int(3 < 4) + int(true && !false) ; 2
          int(2 >= 3) + int(2 != 3) + int(2 == 2.0) ; 2
          uint[4]("1010") ; 10
          popcount("110101") ; 4
          uint[6](rotl("000111", 2)) ; 28
          uint[6](rotr("000111", 1)) ; 35
          uint[6]("000111" << 1) ; 14
          uint[6](~"000111") ; 56
          uint[4]("1100" & "0110") + uint[4]("1100" | "0110") + uint[4]("1100" ^ "0110") ; 12
          int(ceiling(2.1) + floor(2.9)) ; 5
          int(sqrt(16) + exp(0) + log(euler)) ; 6
          mod(17, 5) + pow(2, 5) ; 34
          int(1000 * (arcsin(1) + arccos(1) + arctan(0))) ; 1570
          int(1000 * sin(pi / 6) + 1000 * cos(π / 3) + 0.5) ; 1000
          int(tau / pi) + int(τ / pi) + int(ℇ) ; 6
          uint[8](bit[8](angle[8](pi))) ; 128
          uint[4](bit[4](angle[4](9 * (pi / 8)))) ; 9
          int(angle(7 * pi) / angle(pi / 2)) ; 2
          2 ** 10 - 1 ; 1023
          1 + (2) ; 3
          .5e1 == 5.0 ? 0 : 0 ; ?
          """)
  void integer_expressions_have_their_value(String expression, String expected) {
    if (expected.equals("?")) {
      assertThat(OpenQasm.parse("const int n = " + expression + ";"))
          .isInstanceOf(QasmResult.Rejected.class);
      return;
    }
    String program =
        "OPENQASM 3.0; uint[16] value = %s; bit[16] c = bit[16](value);".formatted(expression);

    String outcome = Programs.run(program, 1, 1).counts().firstKey();

    assertThat(Integer.parseInt(outcome, 2)).isEqualTo(Integer.parseInt(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          pi / 2 ; 1.5707963267948966
          2 * pi / 3 ; 2.0943951023931953
          -pi + 4 ; 0.8584073464102069
          3 / 2.0 ; 1.5
          n * 0.25 ; 0.75
          n ; 3
          2 ** -1 ; 0.5
          a ; 0.5
          a + pi ; 3.641592653589793
          2 * a ; 1.0
          float[32](0.1) ; 0.10000000149011612
          true ? 1 : 2 ; ?
          """)
  void angles_of_gates_have_their_value(String expression, String expected) {
    String program =
        "OPENQASM 3.0; const int n = 3; angle a = 0.5; qubit q; gphase(" + expression + ");";
    if (expected.equals("?")) {
      assertThat(OpenQasm.parse(program)).isInstanceOf(QasmResult.Rejected.class);
      return;
    }

    Complex amplitude = Programs.amplitudes(Programs.circuit(program))[0];

    assertThat(Math.atan2(amplitude.im(), amplitude.re()))
        .isCloseTo(Math.IEEEremainder(Double.parseDouble(expected), 2 * Math.PI), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          3/2 ; 1.5
          2^3/4 ; 2.0
          -pi/4+1 ; 0.21460183660255172
          sin(pi/6)*cos(0) ; 0.5
          ln(exp(0.7)) ; 0.7
          sqrt(2)^2 ; 2.0
          tan(pi/4) ; 1.0
          1e-1 ; 0.1
          -2^2 ; -4.0
          """)
  void version_2_reckons_with_real_numbers(String expression, String expected) {
    String program = "OPENQASM 2.0; qreg q[1]; U(0," + expression + ",0) q[0];";

    GateOperation gate = (GateOperation) Programs.circuit(program).operations().getFirst();

    assertThat(gate.angle(1)).isCloseTo(Double.parseDouble(expected), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          uint(c) + 1 ; 7
          uint(c) - 7 + 1 ; 0
          int(c) - 7 + 8 ; 7
          uint(c) * uint(c) ; 36
          uint(c) / 4 ; 1
          int(c) % 4 ; 2
          uint(c) ** 2 ; 36
          uint(c) << 2 ; 24
          uint(c) >> 1 ; 3
          uint(~c) ; 1
          uint(c & "011") ; 2
          uint(c | "001") ; 7
          uint(c ^ "111") ; 1
          uint(c << 1) ; 4
          popcount(c) ; 2
          uint(c[0]) + uint(c[1]) + uint(c[2]) ; 2
          uint(c[1:2]) ; 3
          uint(c[{2, 0}]) ; 1
          uint(c[-1]) ; 1
          int(c == 6) ; 1
          int(c != "110") ; 0
          int(c < 7 && c > 5) ; 1
          int(c <= 5 || c >= 7) ; 0
          int(!c[0]) ; 1
          int(bool(c)) ; 1
          -int(c) + 10 ; 4
          int[3](c) + 8 ; 6
          c[1] + c[2] ; 2
          n + uint(c) ; 9
          """)
  void expressions_over_measured_bits_are_reckoned_while_running(
      String expression, String expected) {
    String program =
        """
        OPENQASM 3.0;
        include "stdgates.inc";
        qubit[3] q;
        x q[1];
        x q[2];
        bit[3] c = measure q;
        int n = 3;
        bit[16] result;
        result = bit[16](uint[16](%s));
        """
            .formatted(expression);

    String outcome = Programs.run(program, 1, 1).counts().firstKey();

    assertThat(Integer.parseInt(outcome.substring(0, 16), 2)).isEqualTo(Integer.parseInt(expected));
  }
}

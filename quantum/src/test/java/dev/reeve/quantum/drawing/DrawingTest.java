package dev.reeve.quantum.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Gate;
import dev.reeve.quantum.GateOperation;
import dev.reeve.quantum.Operation;
import dev.reeve.quantum.qasm.OpenQasm;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class DrawingTest {
  private static final String PROGRAM =
      """
      OPENQASM 3.0;
      include "stdgates.inc";
      qubit[3] q;
      bit[2] c;
      h q[0];
      ccx q[0], q[1], q[2];
      rz(pi/4) q[1];
      swap q[0], q[1];
      negctrl @ x q[0], q[1];
      c[0] = measure q[0];
      if (c[0]) { x q[1]; }
      """;

  @Test
  void gates_stand_on_their_wires() {
    assertThat(String.join("\n", TextDrawing.lines(circuit(), 100, false)))
        .isEqualTo(
            """
            q[0] ──h──●───────────×──○──M───────────────────────
                      │           │  │  ║
            q[1] ─────●──rz(π/4)──×──⊕──╫──if c[0] != 0 {──x──}─
                      │                 ║
            q[2] ─────⊕─────────────────╫───────────────────────
                                        ║
            c[2] ═══════════════════════0════════{════════════}═\
            """);
  }

  @Test
  void drawing_is_folded_at_the_width() {
    assertThat(TextDrawing.lines(circuit(), 30, true))
        .allMatch(line -> line.length() <= 30)
        .contains("q[0] --h--*------------x--o-");
  }

  @Test
  void no_line_is_wider_than_asked_whatever_stands_in_a_column() {
    Circuit wide =
        OpenQasm.parse("qubit[1] q; bit[2] c; U(0.123456789, 1.23456789, 2.3456789) q[0];")
            .orThrow();

    assertThat(TextDrawing.lines(wide, 20, true))
        .allMatch(line -> line.length() <= 20)
        .anyMatch(line -> line.contains("~"));
  }

  @Test
  void characters_that_take_two_columns_are_counted_as_two() {
    Circuit named =
        OpenQasm.parse("include \"stdgates.inc\"; qubit 量子; qubit b; cx 量子, b;").orThrow();

    assertThat(String.join("\n", TextDrawing.lines(named, 40, false)))
        .isEqualTo(
            """
            量子[0] ──●─
                      │
            b[0]    ──⊕─\
            """);
  }

  @Test
  void image_stands_alone_and_escapes_what_it_writes() {
    String image = SvgDrawing.draw(circuit());

    assertThat(image).startsWith("<svg xmlns=").endsWith("</svg>\n").contains(">rz(π/4)</text>");
    assertThat(image).doesNotContain("<script").doesNotContain("href");
  }

  @Test
  void circuit_too_large_to_look_at_is_refused() {
    Operation gate = GateOperation.of(Gate.H, 0);
    Circuit large = Circuit.of(1, 0, Collections.nCopies(20_001, gate));

    assertThatThrownBy(() -> SvgDrawing.draw(large))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("20000");
  }

  private static Circuit circuit() {
    return OpenQasm.parse(PROGRAM).orThrow();
  }
}

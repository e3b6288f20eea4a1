package dev.reeve.quantum.eigenlang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.qasm.QasmDiagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One run names what is wrong in many places, also where one mistake stands beside another.
class ManyErrorsTest {
  @Test
  void every_mistake_of_meaning_is_named_at_its_place() {
    String source =
        """
        from eigen_lang import hybrid_program, rx, h, cx, measure

        @hybrid_program(shots=-5, seed="x", optimization_level=9)
        def main():
            rx(nope, thing)
            q = [one, 0, two]
            h(q[0])
            cx(left + right, 0)
            for i in range(missing):
                h(within)
                h(i)
            if condition > 2:
                cx(0, then)
            else:
                cx(0, otherwise)
            helper(given)
            helper(0)

        def helper(a):
            h(inside)
            return last
        """;

    assertThat(errors(source))
        .containsExactly(
            "3:23 shots: -5 (expected: an integer, 1 to 1000000000)",
            "3:32 seed: a text (expected: an integer of 64 bits)",
            "3:56 optimization_level: 9 (expected: an integer, 0 to 3)",
            "5:8 unknown name: nope",
            "5:14 unknown name: thing",
            "6:10 unknown name: one",
            "6:18 unknown name: two",
            "8:8 unknown name: left",
            "8:15 unknown name: right",
            "9:20 unknown name: missing",
            "10:11 unknown name: within",
            "12:8 unknown name: condition",
            "13:15 unknown name: then",
            "15:15 unknown name: otherwise",
            "16:12 unknown name: given",
            "20:7 unknown name: inside",
            "21:12 unknown name: last");
  }

  @Test
  void looking_on_after_a_mistake_ends() {
    String source =
        """
        from eigen_lang import hybrid_program, h

        @hybrid_program
        def main():
            again()

        def again():
            if unknown:
                again()
            else:
                again()
        """;

    assertThat(errors(source)).first().isEqualTo("8:8 unknown name: unknown");
  }

  private static List<String> errors(String source) {
    return EigenLang.compile(source) instanceof EigenResult.Rejected rejected
        ? rejected.diagnostics().stream().map(ManyErrorsTest::line).toList()
        : List.of();
  }

  private static String line(QasmDiagnostic error) {
    return "%d:%d %s".formatted(error.line(), error.column(), error.message());
  }
}

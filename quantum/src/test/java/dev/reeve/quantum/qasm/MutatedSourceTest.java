package dev.reeve.quantum.qasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.reeve.quantum.CancelSignal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Programs that somebody's editor, or somebody with bad intentions, has changed: they are read or
/// refused, and that soon. `-Dmutations=100000` looks longer.
class MutatedSourceTest {
  private static final int MUTATIONS = Integer.getInteger("mutations", 4_000);

  private static final QasmOptions OPTIONS =
      QasmOptions.DEFAULT.withLimits(
          new QasmLimits(65_536, 20_000, 32, 1_000, 1_000, 20_000, 50_000, 500, 20));

  /// Enough for whatever a small program means, and soon used up by one that explodes.
  private static final QasmOptions BOUNDED =
      QasmOptions.DEFAULT.withLimits(
          new QasmLimits(65_536, 50_000, 64, 65_536, 65_536, 50_000, 200_000, 10_000, 20));

  private static final String[] PIECES = {
    ";",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    ",",
    "@",
    "++",
    "->",
    "=",
    "==",
    "$0",
    "q",
    "c",
    "0",
    "1",
    "-1",
    "999999999",
    "0.5",
    "pi",
    "measure ",
    "if (c) ",
    "while (true) ",
    "for int i in ",
    "break;",
    "continue;",
    "return ",
    "end;",
    "def f() ",
    "gate g ",
    "ctrl @ ",
    "pow(0.5) @ ",
    "switch (c) ",
    "case 1 ",
    "default ",
    "array[int, 2] ",
    "let a = ",
    "input int ",
    "box ",
    "/*",
    "*/",
    "//",
    "\"",
    "\n",
    "int[",
    "bit[",
    "uint[64] ",
    "3im",
    "10ns",
    "\u0000",
    "é",
    "const "
  };

  @Test
  void mutated_programs_never_break_the_front_end() {
    SplittableRandom random = new SplittableRandom(20_261_122);
    List<ConformanceTest.Case> cases = ConformanceTest.cases();
    for (int i = 0; i < MUTATIONS; i++) {
      String program = cases.get(random.nextInt(cases.size())).program();
      String other = cases.get(random.nextInt(cases.size())).program();
      for (int k = random.nextInt(1, 6); k > 0; k--) {
        program = mutated(program, other, random);
      }
      String source = program;
      assertThatCode(() -> OpenQasm.parse(bytes(source), OPTIONS, CancelSignal.NEVER))
          .as(source)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void explosions_are_refused_soon() {
    String[] programs = {
      "def f(int n) { f(n - 1); f(n - 1); } f(0);",
      "def f() -> int { return f() + f(); } int n = f();",
      "def f(qubit q) { bit b = measure q; if (b) { f(q); } } qubit q; f(q);",
      "while (true) { array[int, 65536] a; }",
      "while (true) { bit[60000] b; }",
      "array[int, 65536] a; array[int, 65536] b; while (true) { a = b; }",
      "array[int, 40000, 40000] a;",
      "qubit[60] q; bit[60] c = measure q; rx(uint[10](c[0:9]) * 1.0) q; "
          + "for int i in [0:int(c[0:9])] { for int j in [0:int(c[10:19])] { x q[0]; } }",
      "bit b; qubit q; b = measure q; " + "if (b) end; x q; ".repeat(400),
      "int n = 0; while (true) { n += 1; }",
      "int n = 1; for int i in [0:99999] { for int j in [0:99999] { n = n + 3; } }",
      "qubit[2] q; gate g a { pow(1000000) @ h a; gphase(1); } pow(1000000) @ g q[0];",
      "const int n = 2 ** 62; qubit[n] q;",
      "(".repeat(10_000),
      "{".repeat(10_000),
      "int n = " + "-".repeat(10_000) + "1;",
      "int n = " + "1 + ".repeat(10_000) + "1;",
      "array[int, 1] a = " + "{".repeat(10_000) + "1;",
      "switch (1) { " + "case 1 { } ".repeat(3_000) + "}",
      "x $999999999999;",
      "x $2147483647;",
    };
    for (String program : programs) {
      byte[] source = bytes("include \"stdgates.inc\"; " + program);
      assertTimeout(
          Duration.ofSeconds(30),
          () ->
              assertThat(OpenQasm.parse(source, BOUNDED, CancelSignal.NEVER))
                  .as(program)
                  .isInstanceOf(QasmResult.Rejected.class));
    }
  }

  private static String mutated(String program, String other, SplittableRandom random) {
    int at = random.nextInt(program.length() + 1);
    int end = Math.min(program.length(), at + random.nextInt(12));
    return switch (random.nextInt(6)) {
      case 0 -> program.substring(0, at) + program.substring(end);
      case 1 -> program.substring(0, at) + piece(random) + program.substring(at);
      case 2 -> program.substring(0, at) + piece(random) + program.substring(end);
      case 3 -> program.substring(0, at) + program.substring(at, end) + program.substring(at);
      case 4 -> program.substring(0, at) + other.substring(Math.min(at, other.length()));
      default -> {
        int from = random.nextInt(other.length());
        int to = Math.min(other.length(), from + random.nextInt(30));
        yield program.substring(0, at) + other.substring(from, to) + program.substring(at);
      }
    };
  }

  private static String piece(SplittableRandom random) {
    return PIECES[random.nextInt(PIECES.length)];
  }

  private static byte[] bytes(String source) {
    return source.getBytes(StandardCharsets.UTF_8);
  }
}

package dev.reeve.quantum.eigenlang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.ProgramCases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Programs that somebody's editor, or somebody with bad intentions, has changed: they are read or
/// refused, and that soon.
final class MutatedSourceTest {
  private static final int MUTATIONS = Integer.getInteger("mutations", 20_000);
  private static final EigenLangLimits SMALL =
      new EigenLangLimits(65_536, 20_000, 100, 100, 2_000, 5_000, 20);

  private static final String[] PIECES = {
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    ".",
    ";",
    "=",
    "==",
    "@",
    "*",
    "**",
    "//",
    "-",
    "->",
    "\n",
    "\n  ",
    "\n        ",
    "\t",
    "#",
    "\\",
    "\"",
    "'",
    "\"\"\"",
    "0",
    "1",
    "99999999999999999",
    "1e308",
    "0.5",
    "0x",
    "-1",
    "if ",
    "else:",
    "elif ",
    "for i in range(9):",
    "while ",
    "def f():",
    "return ",
    "pass",
    "lambda ",
    "import ",
    "from ",
    "not ",
    "and ",
    "True",
    "None",
    "main()",
    "h(0)",
    "measure(0)",
    "minimize(",
    "Param(\"t\")",
    "Observable(Z=0)",
    "QubitRegister(2)",
    "@hybrid_program",
    "range(10 ** 9)",
    "\u0000",
    "\u00e9",
    "\ud83d",
    "f\"",
    "b'",
    "x = ",
    "t, "
  };

  @Test
  void twenty_thousand_mutated_programs_never_break_the_front_end() {
    SplittableRandom random = new SplittableRandom(20_261_122);
    List<ProgramCases.Case> cases =
        new ArrayList<>(ProgramCases.read("golden/eigen-lang-accepted.txt"));
    cases.addAll(ProgramCases.read("golden/eigen-lang-refused.txt"));
    for (int i = 0; i < MUTATIONS; i++) {
      String program = cases.get(random.nextInt(cases.size())).program();
      String other = cases.get(random.nextInt(cases.size())).program();
      for (int k = random.nextInt(1, 6); k > 0; k--) {
        program = mutated(program, other, random);
      }
      String source = program;
      assertThatCode(() -> lookedAt(source)).as(source).doesNotThrowAnyException();
    }
  }

  /// Reads a program, and makes of it what would be run.
  private static void lookedAt(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    EigenResult result = EigenLang.compile(bytes, "source", SMALL, CancelSignal.NEVER);
    if (result instanceof EigenResult.Compiled compiled) {
      assertThat(compiled.program().document().canonical().size()).isPositive();
    }
  }

  @Test
  void explosions_are_refused_soon() {
    String head = "@hybrid_program\ndef main():\n    ";
    List<String> bodies =
        List.of(
            "x(" + "(".repeat(60_000),
            "x(" + "[".repeat(60_000),
            "x(" + "-".repeat(60_000) + "1)",
            "x(" + "not ".repeat(20_000) + "1)",
            "x(" + "1 + ".repeat(40_000) + "1)",
            "x(" + "1 ** ".repeat(30_000) + "1)",
            "x(" + "f(".repeat(50_000),
            "x" + ".a".repeat(50_000),
            "x" + "(0)".repeat(50_000),
            "x" + "[0]".repeat(50_000),
            "a = ".repeat(60_000) + "1",
            "a = {" + "\"a\": {".repeat(20_000),
            "for i in range(10 ** 12):\n        x(0)",
            "for i in range(10 ** 6):\n        for j in range(10 ** 6):\n            pass",
            "n = 2\n" + "    n = n * n\n".repeat(100),
            "x(10 ** 10 ** 10)",
            "x(2 ** 9999999999)",
            "o = Observable(Z=0)\n" + "    o = o + o\n".repeat(60),
            "q = QubitRegister(4000)\n" + "    h(q)\n".repeat(100),
            "measure(range(10 ** 9))",
            "if True: ".repeat(1_000) + "pass",
            "pass; ".repeat(60_000));
    for (String body : bodies) {
      assertTimeout(
          Duration.ofSeconds(20),
          () ->
              assertThat(EigenLang.compile(head + body)).isInstanceOf(EigenResult.Rejected.class));
    }
    for (String within : List.of("-".repeat(150), "1 + ".repeat(150), "[0, ".repeat(150))) {
      String close = within.startsWith("[") ? "]".repeat(150) : "";
      String helper = "def f(n):\n    return " + within + "f(n)" + close + "\n" + head + "x(f(0))";
      assertThat(EigenLang.compile(helper)).isInstanceOf(EigenResult.Rejected.class);
    }
    StringBuilder blocks = new StringBuilder(head.stripTrailing()).append('\n');
    for (int i = 1; i < 400; i++) {
      blocks.append(" ".repeat(i)).append("if True:\n");
    }
    assertThat(EigenLang.compile(blocks.toString())).isInstanceOf(EigenResult.Rejected.class);
    assertThat(EigenLang.compile("#".repeat(262_145))).isInstanceOf(EigenResult.Rejected.class);
  }

  private static String mutated(String program, String other, SplittableRandom random) {
    int at = random.nextInt(program.length() + 1);
    int end = Math.min(program.length(), at + random.nextInt(12));
    return switch (random.nextInt(5)) {
      case 0 -> program.substring(0, at) + program.substring(end);
      case 1 -> program.substring(0, at) + piece(random) + program.substring(at);
      case 2 -> program.substring(0, at) + piece(random) + program.substring(end);
      case 3 -> program.substring(0, at) + program.substring(at, end) + program.substring(at);
      default -> program.substring(0, at) + other.substring(Math.min(at, other.length()));
    };
  }

  private static String piece(SplittableRandom random) {
    return PIECES[random.nextInt(PIECES.length)];
  }
}

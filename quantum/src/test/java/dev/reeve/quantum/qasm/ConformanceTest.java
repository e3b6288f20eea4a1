package dev.reeve.quantum.qasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Programs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every construct of both languages: accepted with the outcome that all shots must have, or
/// refused. The tables are under `conformance/`; refusals with their words are under `golden/`.
class ConformanceTest {
  private static final String HEAD_2 = "OPENQASM 2.0; include \"qelib1.inc\"; ";
  private static final String HEAD_3 = "OPENQASM 3.0; include \"stdgates.inc\"; ";

  @TestFactory
  Stream<DynamicTest> programs_of_version_3_have_their_outcome() {
    return programs("accepted-3.txt", HEAD_3);
  }

  @TestFactory
  Stream<DynamicTest> programs_of_version_2_have_their_outcome() {
    return programs("accepted-2.txt", HEAD_2);
  }

  @TestFactory
  Stream<DynamicTest> lines_of_the_grammar_are_accepted() {
    return lines("syntax-accepted-3.txt")
        .map(line -> DynamicTest.dynamicTest(line, () -> assertThat(syntaxErrors(line)).isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> lines_against_the_grammar_are_refused_where_they_are_wrong() {
    return lines("syntax-refused-3.txt")
        .map(line ->
            DynamicTest.dynamicTest(
                line,
                () ->
                    assertThat(syntaxErrors(line))
                        .isNotEmpty()
                        .allSatisfy(error -> {
                          assertThat(error.column()).isBetween(1, line.length() + 1);
                          assertThat(line).contains(error.sourceLine());
                        })));
  }

  @TestFactory
  Stream<DynamicTest> programs_against_the_language_are_refused_where_they_are_wrong() {
    return lines("refused-3.txt")
        .map(line ->
            DynamicTest.dynamicTest(
                line,
                () -> {
                  QasmResult result = OpenQasm.parse(HEAD_3 + line.replace("@@", ""));

                  assertThat(result).isInstanceOf(QasmResult.Rejected.class);
                  assertThat(((QasmResult.Rejected) result).diagnostics().getFirst().column())
                      .isEqualTo(HEAD_3.length() + line.indexOf("@@") + 1);
                }));
  }

  /// A program, and what every shot of it gives.
  record Case(String outcome, String program) {}

  /// The accepted programs of a table, with their heads.
  static List<Case> cases(String file, String head) {
    List<Case> cases = new ArrayList<>();
    for (String line : Programs.resource("/conformance/" + file).split("\n(?! )", -1)) {
      int bar = line.indexOf(" | ");
      if (!line.startsWith("#") && bar > 0) {
        cases.add(new Case(line.substring(0, bar), head + line.substring(bar + 3)));
      }
    }
    return cases;
  }

  /// The accepted programs of all tables.
  static List<Case> cases() {
    List<Case> all = new ArrayList<>(cases("accepted-3.txt", HEAD_3));
    all.addAll(cases("accepted-2.txt", HEAD_2));
    return all;
  }

  private static Stream<DynamicTest> programs(String file, String head) {
    return cases(file, head).stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.program().substring(head.length()),
                () -> {
                  Circuit circuit = Programs.circuit(each.program());

                  if (!each.outcome().equals("ok")) {
                    assertThat(Programs.run(circuit, 8, 1).counts().keySet())
                        .isEqualTo(Set.of(each.outcome()));
                  }
                }));
  }

  private static Stream<String> lines(String file) {
    return Programs.resource("/conformance/" + file)
        .lines()
        .filter(line -> !line.startsWith("# ") && !line.startsWith("## ") && !line.isBlank())
        .map(line -> line.replace("\\n", "\n"));
  }

  private static List<QasmDiagnostic> syntaxErrors(String source) {
    return OpenQasm.checkSyntax(source.getBytes(StandardCharsets.UTF_8), QasmOptions.DEFAULT);
  }
}

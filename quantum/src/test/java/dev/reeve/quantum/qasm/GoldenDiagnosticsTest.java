package dev.reeve.quantum.qasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.ProgramCases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Programs that are refused, each with the place, the reason and the hint of every error. The
/// table is text: a heading, the program, and lines that begin with `!`. `-Dgolden.update=true`
/// writes what is found.
class GoldenDiagnosticsTest {
  private static final String GOLDEN = "golden/malformed.txt";

  @TestFactory
  Stream<DynamicTest> refused_programs_say_where_and_why() {
    List<ProgramCases.Case> cases = ProgramCases.read(GOLDEN);
    assertThat(cases).hasSizeGreaterThan(60);
    ProgramCases.update(GOLDEN, cases, GoldenDiagnosticsTest::found);
    return cases.stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.name(), () -> assertThat(found(each.program())).isEqualTo(each.expected())));
  }

  private static List<String> found(String program) {
    return switch (OpenQasm.parse(program)) {
      case QasmResult.Parsed _ -> List.of("accepted");
      case QasmResult.Rejected rejected ->
          rejected.diagnostics().stream().map(GoldenDiagnosticsTest::line).toList();
    };
  }

  private static String line(QasmDiagnostic diagnostic) {
    String kind =
        diagnostic.kind() == QasmDiagnostic.Kind.INVALID ? "" : " " + diagnostic.kind().name();
    String hint = diagnostic.hint().isEmpty() ? "" : " -- " + diagnostic.hint();
    return "%d:%d%s %s%s"
        .formatted(diagnostic.line(), diagnostic.column(), kind, diagnostic.message(), hint);
  }
}

package dev.reeve.quantum.eigenlang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.ProgramCases;
import dev.reeve.quantum.hybrid.HybridProgram;
import dev.reeve.quantum.qasm.QasmDiagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Programs that are accepted, each with its document and what a run takes of it; and programs that
/// are refused, each with the place, the reason and the hint of every error.
final class GoldenProgramsTest {
  @TestFactory
  Stream<DynamicTest> accepted_programs_have_their_documents() {
    List<ProgramCases.Case> cases = ProgramCases.read("golden/eigen-lang-accepted.txt");
    assertThat(cases).hasSizeGreaterThan(80);
    ProgramCases.update("golden/eigen-lang-accepted.txt", cases, GoldenProgramsTest::meaning);
    return tests(cases);
  }

  @TestFactory
  Stream<DynamicTest> refused_programs_say_where_and_why() {
    List<ProgramCases.Case> cases = ProgramCases.read("golden/eigen-lang-refused.txt");
    assertThat(cases).hasSizeGreaterThan(120);
    ProgramCases.update("golden/eigen-lang-refused.txt", cases, GoldenProgramsTest::meaning);
    return tests(cases);
  }

  private static Stream<DynamicTest> tests(List<ProgramCases.Case> cases) {
    return cases.stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.name(), () -> assertThat(meaning(each.program())).isEqualTo(each.expected())));
  }

  private static List<String> meaning(String source) {
    return switch (EigenLang.compile(source)) {
      case EigenResult.Compiled compiled -> meaning(compiled.program());
      case EigenResult.Rejected rejected ->
          rejected.diagnostics().stream().map(GoldenProgramsTest::line).toList();
    };
  }

  private static List<String> meaning(EigenProgram program) {
    List<String> lines = new ArrayList<>();
    lines.add(program.document().canonical().utf8());
    try {
      HybridProgram hybrid = program.hybrid();
      if (!hybrid.settings().isEmpty()) {
        lines.add("settings " + hybrid.settings());
      }
      if (!hybrid.template().parameters().isEmpty()) {
        lines.add(
            "parameters "
                + hybrid.template().parameters()
                + " "
                + new TreeMap<>(hybrid.defaults()));
      }
      hybrid.observable().ifPresent(sum -> lines.add("observable " + sum.text()));
      hybrid
          .minimization()
          .ifPresent(search ->
              lines.add(
                  "minimize " + search.method() + " " + search.initial() + " " + search.options()));
    } catch (ProblemException e) {
      lines.add(e.problem().code().reason() + " " + e.problem().message());
    }
    return lines;
  }

  private static String line(QasmDiagnostic diagnostic) {
    String kind =
        diagnostic.kind() == QasmDiagnostic.Kind.INVALID ? "" : " " + diagnostic.kind().name();
    String hint = diagnostic.hint().isEmpty() ? "" : " -- " + diagnostic.hint();
    return "%d:%d%s %s%s"
        .formatted(diagnostic.line(), diagnostic.column(), kind, diagnostic.message(), hint);
  }
}

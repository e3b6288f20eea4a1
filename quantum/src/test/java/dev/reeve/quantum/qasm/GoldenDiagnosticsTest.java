package dev.reeve.quantum.qasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.quantum.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Programs that are refused, each with the place, the reason and the hint of every error. The
/// table is text: a heading, the program, and lines that begin with `!`. `-Dgolden.update=true`
/// writes what is found.
class GoldenDiagnosticsTest {
  private static final String GOLDEN = "golden/malformed.txt";

  private record Case(String name, String program, List<String> expected) {}

  @TestFactory
  Stream<DynamicTest> refused_programs_say_where_and_why() throws IOException {
    List<Case> cases = cases();
    assertThat(cases).hasSizeGreaterThan(60);
    if (Boolean.getBoolean("golden.update")) {
      write(cases);
    }
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

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    String[] sections = ("\n" + Programs.resource("/" + GOLDEN)).split("\n## ", -1);
    for (int i = 1; i < sections.length; i++) {
      List<String> program = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      List<String> lines = sections[i].lines().toList();
      for (String line : lines.subList(1, lines.size())) {
        if (line.startsWith("! ")) {
          expected.add(line.substring(2));
        } else if (!line.isEmpty()) {
          program.add(line);
        }
      }
      cases.add(new Case(lines.getFirst(), String.join("\n", program), expected));
    }
    return cases;
  }

  private static void write(List<Case> cases) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Case each : cases) {
      text.append(text.isEmpty() ? "" : "\n").append("## ").append(each.name()).append('\n');
      text.append(each.program()).append('\n');
      found(each.program()).forEach(line -> text.append("! ").append(line).append('\n'));
    }
    Files.writeString(Path.of("src/test/resources", GOLDEN), text.toString());
  }
}

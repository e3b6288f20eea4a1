package dev.reeve.conformance.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.FormatterException;
import dev.reeve.conformance.tidy.Ratchet.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each check, tried on small repositories that are untidy on purpose.
class TidyChecksTest {
  @TempDir Path root;

  @Test
  void a_finding_reads_like_a_compiler_error() {
    assertThat(new Finding("job/pom.xml", 3, "tab (expected: two spaces)"))
        .hasToString("job/pom.xml:3: tab (expected: two spaces)");
  }

  @Test
  void untidy_blanks_are_found() throws IOException {
    write("a.md", "# A \n");
    write("b.yaml", "a:\n\tb: 1\n");
    write("c.txt", "no newline");
    write("d.txt", "windows\r\n");
    write("e.txt", "fine\n");

    assertThat(findings(new BlanksCheck()))
        .containsExactly(
            "a.md:1: trailing blank (expected: none)",
            "b.yaml:2: tab (expected: two spaces)",
            "c.txt:1: end of file (expected: one final newline)",
            "d.txt:1: carriage return (expected: a plain newline)");
  }

  @Test
  void test_data_may_have_any_form() throws IOException {
    write("job/src/test/resources/golden/a.txt", "kept as it is \r\n\t");

    assertThat(findings(new BlanksCheck())).isEmpty();
  }

  @Test
  void build_outputs_are_not_read() throws IOException {
    write("job/target/a.txt", "tab\t");

    assertThat(Repository.read(root).files()).isEmpty();
  }

  @Test
  void a_banned_word_is_found_with_what_to_do_instead() throws IOException {
    write(
        "job/src/test/java/A.java",
        "class A {\n  void a() throws Exception { Thread.sleep(1); }\n}\n");
    write("job/src/main/java/B.java", "// TODO later\n// TODO(ADR-0003) decided\n");
    write("docs/a.md", "See /home/me/reeve and ~/.sdkman.\n");

    assertThat(findings(BannedCheck.load()))
        .containsExactly(
            "docs/a.md:1: /home/me (expected: a path relative to the repository or a temporary"
                + " folder)",
            "job/src/main/java/B.java:1: TODO (expected: do it now, or name its decision:"
                + " TODO(ADR-0001), TODO(#12))",
            "job/src/test/java/A.java:2: Thread.sleep( (expected: dev.reeve.testing.Await on a"
                + " condition, or a ticking FakeClock)");
  }

  @Test
  void only_the_command_line_prints() throws IOException {
    write("job/src/main/java/A.java", "System.out.println();\n");
    write("cli/src/main/java/A.java", "System.out.println();\n");

    assertThat(findings(BannedCheck.load()))
        .singleElement()
        .asString()
        .startsWith("job/src/main/java/A.java:1: System.out");
  }

  @Test
  void a_package_without_description_is_found() throws IOException {
    write("job/src/main/java/dev/reeve/job/Job.java", "package dev.reeve.job;\n");
    write("ledger/src/main/java/dev/reeve/ledger/package-info.java", "package dev.reeve.ledger;\n");
    write("scan/src/main/java/dev/reeve/other/A.java", "package dev.reeve.other;\n");
    write("scan/src/main/java/dev/reeve/other/package-info.java", described("dev.reeve.other"));

    assertThat(findings(new PackageCheck()))
        .containsExactly(
            "job/src/main/java/dev/reeve/job/Job.java:1: package without package-info.java"
                + " (expected: one)",
            "ledger/src/main/java/dev/reeve/ledger/package-info.java:1: no description (expected:"
                + " what lives here, what not, callers, threads)",
            "ledger/src/main/java/dev/reeve/ledger/package-info.java:1: not @NullMarked (expected:"
                + " @NullMarked before the package)",
            "scan/src/main/java/dev/reeve/other/A.java:1: package dev.reeve.other (expected:"
                + " dev.reeve.scan)",
            "scan/src/main/java/dev/reeve/other/package-info.java:1: package dev.reeve.other"
                + " (expected: dev.reeve.scan)");
  }

  @Test
  void a_test_package_shares_the_description_of_main() throws IOException {
    write("job/src/main/java/dev/reeve/job/package-info.java", described("dev.reeve.job"));
    write("job/src/test/java/dev/reeve/job/JobTest.java", "package dev.reeve.job;\n");

    assertThat(findings(new PackageCheck())).isEmpty();
  }

  @Test
  void a_test_that_would_not_run_is_found() throws IOException {
    write("job/src/test/java/JobTests.java", "  @Test\n  void finds_it() {}\n");
    write("job/src/test/java/JobTest.java", "  @Test\n  void " + "camelCase() {}\n");

    assertThat(findings(new TestNamesCheck()))
        .containsExactly(
            "job/src/test/java/JobTest.java:2: camelCase (expected: a sentence in snake_case)",
            "job/src/test/java/JobTests.java:1: JobTests.java (expected: XxxTest, XxxIT, XxxSim or"
                + " XxxContract)");
  }

  @Test
  void dead_links_and_second_titles_are_found() throws IOException {
    write(
        "README.md", "# One\n[a](docs/a.md) [b](docs/b.md) [c](docs/a.md#two-words) [d](#none)\n");
    write("docs/a.md", "# A\n## Two words\n# B\n```\n# not a title [x](dead)\n```\n");
    write("docs/c.md", "[up](../README.md) [out](../../etc) [web](https://reeve.dev)\n");

    assertThat(findings(new MarkdownCheck()))
        .containsExactly(
            "README.md:2: dead link #none (expected: a file or heading)",
            "README.md:2: dead link docs/b.md (expected: a file or heading)",
            "docs/a.md:1: 2 titles (expected: one line that starts with '# ')",
            "docs/c.md:1: 0 titles (expected: one line that starts with '# ')",
            "docs/c.md:1: dead link ../../etc (expected: a file or heading)");
  }

  @Test
  void decisions_with_the_same_number_are_found() throws IOException {
    write("docs/adr/README.md", "[one](0001-one.md) [two](0001-two.md)\n");
    write("docs/adr/0001-one.md", "# One\n");
    write("docs/adr/0001-two.md", "# Two\n");
    write("docs/adr/0002-three.md", "# Three\n");
    write("docs/adr/Four.md", "# Four\n");

    assertThat(findings(new AdrCheck()))
        .containsExactly(
            "docs/adr/0001-two.md:1: number is taken by 0001-one.md (expected: the next free one)",
            "docs/adr/0002-three.md:1: not in the index (expected: a line in docs/adr/README.md)",
            "docs/adr/Four.md:1: name (expected: NNNN-lower-case-title.md)");
  }

  @Test
  void a_script_that_ignores_errors_is_found() throws IOException {
    write("dev/run", "#!/usr/bin/env bash\necho\n");

    assertThat(findings(new ShellCheck()))
        .containsExactly(
            "dev/run:1: no 'set -euo pipefail' (expected: one, before the work)",
            "dev/run:1: not executable (expected: chmod +x)");
  }

  @Test
  void versions_outside_the_parent_are_found() throws IOException {
    write("pom.xml", "<b.version>1</b.version>\n<a.version>1</a.version>\n<module>job</module>\n");
    write(
        "job/pom.xml",
        """
        <parent><version>1</version></parent>
        <version>2</version>
        <version>${project.version}</version>
        """);
    write("new/pom.xml", "<parent></parent>\n");

    assertThat(findings(new PomCheck()))
        .containsExactly(
            "job/pom.xml:2: version 2 (expected: in ../pom.xml)",
            "new/pom.xml:1: not built (expected: <module> in the root pom.xml)",
            "pom.xml:2: a.version (expected: before b.version)");
  }

  @Test
  void a_map_of_other_modules_is_found() throws IOException {
    write("pom.xml", "<module>base</module>\n<module>job</module>\n");
    write("ARCHITECTURE.md", "# A\n\n## Modules\n\n| [`base/`](base) | foundation |\n");

    assertThat(findings(new ModuleMapCheck()))
        .containsExactly("ARCHITECTURE.md:3: modules [base] (expected: [base, job])");
  }

  @Test
  void an_overlong_file_is_found() throws IOException {
    write("docs/a.md", "# A\n".repeat(801));

    assertThat(findings(new SizeCheck()))
        .containsExactly("docs/a.md:801: 801 lines (expected: at most 800; split by concept)");
  }

  @Test
  void unformatted_java_is_found_and_can_be_repaired() throws IOException, FormatterException {
    write("job/src/main/java/A.java", "class A {\n    int a;\n}\n");

    assertThat(findings(new FormatCheck(false)))
        .containsExactly("job/src/main/java/A.java:2: format (expected: dev/format)");

    assertThat(findings(new FormatCheck(true))).isEmpty();
    assertThat(root.resolve("job/src/main/java/A.java")).hasContent("class A {\n  int a;\n}\n");
  }

  @Test
  void debts_are_counted_by_module() throws IOException {
    write(
        "job/src/main/java/dev/reeve/job/A.java",
        """
        package dev.reeve.job;

        public class A {
          /// Said.
          public void said() {}

          public void unsaid() {}

          void hidden() {}

          @Override
          @SuppressWarnings("unchecked")
          public String toString() {
            %s
            return "";
          }

          interface Hidden {
            void unsaidButHidden();
          }
        }
        """
            .formatted("\n".repeat(70)));

    assertThat(Ratchet.count(Repository.read(root))).containsEntry("job", new Counts(2, 1, 1));
  }

  @Test
  void debts_may_fall_but_not_rise() throws IOException {
    write("job/src/main/java/A.java", "public class A {}\n");
    write(RatchetCheck.TABLE, "job 0 0 0\n");
    assertThat(findings(new RatchetCheck(false))).hasSize(1);
    assertThat(findings(new RatchetCheck(true))).hasSize(1);

    write(RatchetCheck.TABLE, "job 5 5 5\n");
    assertThat(findings(new RatchetCheck(true))).isEmpty();
    assertThat(Ratchet.parse(Files.readString(root.resolve(RatchetCheck.TABLE))))
        .containsEntry("job", new Counts(1, 0, 0));
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String described(String packageName) {
    return "/// What for.\n@NullMarked\npackage " + packageName + ";\n";
  }

  private List<String> findings(TidyCheck check) {
    return check.check(Repository.read(root)).stream().map(Finding::toString).sorted().toList();
  }
}

package dev.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCommandTest {
  @TempDir private Path folder;

  @Test
  void lint_names_rules_that_never_decide() throws IOException {
    String policy =
        file(
            """
            rules:
              - {id: all, match: {topics: [job.*]}, decision: deny}
              - {id: never, match: {topics: [job.a]}, decision: allow}
            """);

    CliRun.Result text = new CliRun().run("policy", "lint", policy);
    CliRun.Result json = new CliRun().run("policy", "lint", "--json", "--policy", policy);

    assertThat(text.exitCode()).isEqualTo(4);
    assertThat(text.out()).startsWith("UNREACHABLE never: ");
    assertThat(json.out())
        .startsWith("{\"kind\":\"unreachable\",\"rule_id\":\"never\",\"other_rule_id\":\"all\"");
  }

  @Test
  void lint_fails_for_a_wide_allow_only_when_it_is_told_to_be_strict() throws IOException {
    String policy = file("default_decision: allow\n");

    assertThat(new CliRun().run("policy", "lint", policy).exitCode()).isZero();
    assertThat(new CliRun().run("policy", "lint", "--strict", policy).exitCode()).isEqualTo(4);
  }

  @Test
  void diff_says_what_changed_by_meaning() throws IOException {
    String before = file("rules: [{id: a, decision: deny}, {id: b, decision: deny}]\n");
    Path after =
        Files.writeString(
            folder.resolve("after.yaml"),
            "# a comment\nrules: [{id: a, decision: allow}, {id: c, decision: deny}]\n");

    CliRun.Result text = new CliRun().run("policy", "diff", before, after.toString());
    CliRun.Result json = new CliRun().run("policy", "diff", "--json", before, after.toString());

    assertThat(text.exitCode()).isZero();
    assertThat(text.out()).isEqualTo("changed a: decision\nadded c\nremoved b\n");
    assertThat(json.out())
        .startsWith("{\"kind\":\"changed\",\"what\":\"a\",\"parts\":[\"decision\"]}\n");
  }

  @Test
  void a_file_that_is_no_policy_ends_with_code_2() throws IOException {
    CliRun.Result result = new CliRun().run("policy", "lint", file("rulez: []\n"));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("rulez", "POLICY_FILE_INVALID");
  }

  @Test
  void the_group_alone_says_what_it_can_do() {
    CliRun.Result result = new CliRun().run("policy");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(new CliRun().run("policy", "--help").out()).contains("lint", "diff");
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("policy.yaml"), text).toString();
  }
}

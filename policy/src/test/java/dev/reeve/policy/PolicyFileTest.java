package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class PolicyFileTest {
  /// Files with faults and the faults, from `golden/faults.txt`: a title, the file, `---`, and the
  /// faults one on a line.
  @TestFactory
  Stream<DynamicTest> every_fault_of_a_file_is_named_with_its_place() {
    return Arrays.stream(GoldenFile.read("faults.txt").split("(?m)^=== ", -1))
        .skip(1)
        .map(block ->
            DynamicTest.dynamicTest(
                block.lines().findFirst().orElseThrow(),
                () -> {
                  int start = block.indexOf('\n') + 1;
                  int end = block.indexOf("---\n");

                  PolicyLoad load = PolicyFile.load(Bytes.utf8(block.substring(start, end)));

                  List<String> expected =
                      block.substring(end + 4).lines().filter(line -> !line.isBlank()).toList();
                  assertThat(faults(load)).isEqualTo(expected);
                }));
  }

  @Test
  void the_snapshot_is_named_by_version_and_hash_of_the_file() {
    Bytes file = Bytes.utf8("version: v7\ndefault_decision: deny\n");

    PolicySnapshot snapshot = PolicyFile.load(file).orThrow("p.yaml");

    assertThat(snapshot.id()).isEqualTo("v7:" + Sha256.of(file).hex());
    assertThat(snapshot.document().version()).isEqualTo("v7");
    assertThat(snapshot.document().defaultDecision()).isEqualTo(Decision.DENY);
    assertThat(snapshot.document().rules()).isEmpty();
  }

  @Test
  void a_file_with_every_key_of_the_format_loads() {
    Bytes file = Bytes.utf8(GoldenFile.read("everything.yaml"));

    PolicyDocument policy = PolicyFile.load(file).orThrow("everything.yaml").document();

    assertThat(policy.rules().getFirst().match().terms()).hasSize(12);
    assertThat(policy.more().inputRules()).hasSize(2);
    assertThat(policy.more().outputRules()).hasSize(1);
    assertThat(policy.more().outputPolicy().applies(1)).isTrue();
    PolicyDocument again = PolicyFile.load(file).orThrow("everything.yaml").document();
    assertThat(PolicyDiff.between(policy, again)).isEmpty();
  }

  @Test
  void without_a_version_the_hash_alone_names_it() {
    Bytes file = Bytes.utf8("{}");

    assertThat(PolicyFile.load(file).orThrow("p.yaml").id()).isEqualTo(Sha256.of(file).hex());
  }

  @Test
  void a_version_is_kept_as_it_was_written() {
    assertThat(PolicyFile.load(Bytes.utf8("version: 1.10")).orThrow("p").id()).startsWith("1.10:");
    assertThat(PolicyFile.load(Bytes.utf8("version: 007")).orThrow("p").id()).startsWith("007:");
  }

  @Test
  void json_and_a_byte_order_mark_are_fine() {
    String json =
        "\uFEFF{\"rules\": [{\"id\": \"r\", \"match\": {\"topics\": [\"job.*\"]},"
            + " \"decision\": \"allow\"}]}";

    PolicySnapshot snapshot = PolicyFile.load(Bytes.utf8(json)).orThrow("p.json");

    assertThat(snapshot.decide(PolicyInput.of("t", "job.x")).ruleId()).isEqualTo("r");
  }

  @Test
  void a_refused_file_becomes_one_problem_with_a_field_for_each_fault() {
    PolicyLoad load = PolicyFile.load(Bytes.utf8("verison: 1\nrules: [{id: a}]\n"));

    assertThatThrownBy(() -> load.orThrow("policy.yaml"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              Problem problem = e.problem();
              assertThat(problem.reason()).isEqualTo("POLICY_FILE_INVALID");
              assertThat(problem.message())
                  .isEqualTo(
                      """
                      policy.yaml: 2 problems
                        line 1, column 1: verison: unknown key (did you mean "version"?)
                        line 2, column 9: rules[0].decision: missing (expected: allow, deny, \
                      require_approval, allow_with_constraints or throttle)\
                      """);
              assertThat(problem.fields())
                  .extracting(Problem.FieldViolation::field)
                  .containsExactly("verison", "rules[0].decision");
            });
  }

  @Test
  void words_in_block_scalars_become_one_line() {
    String file =
        """
        rules:
          - id: a
            decision: deny
            reason: |
              line one
                line  two\t
              line three
        """;

    PolicySnapshot snapshot = PolicyFile.load(Bytes.utf8(file)).orThrow("p.yaml");

    assertThat(snapshot.decide(PolicyInput.of("t", "job.x")).reason())
        .isEqualTo("line one line  two line three");
    assertThat(faults(PolicyFile.load(Bytes.utf8("rules: [{id: \"a\\nb\", decision: deny}]"))))
        .singleElement()
        .asString()
        .contains("no control characters");
  }

  @Test
  void a_text_in_place_of_a_list_is_said_once() {
    String file = "rules: [{id: a, decision: deny, match: {topics: job.a}}]";

    assertThat(faults(PolicyFile.load(Bytes.utf8(file)))).hasSize(1);
  }

  @Test
  void the_default_takes_the_words_of_rules() {
    PolicySnapshot snapshot =
        PolicyFile.load(Bytes.utf8("default_decision: permit")).orThrow("p.yaml");

    assertThat(snapshot.document().defaultDecision()).isEqualTo(Decision.ALLOW);
  }

  @Test
  void what_looks_like_a_mistake_is_a_warning() {
    String file =
        """
        rules:
          - id: a
            decision: allow
            match:
              topics: ["job.[", jobs.x, "j*", "*", "job.ok"]
        """;

    PolicyLoad load = PolicyFile.load(Bytes.utf8(file));

    assertThat(load)
        .isInstanceOfSatisfying(
            PolicyLoad.Loaded.class,
            loaded ->
                assertThat(loaded.warnings())
                    .extracting(PolicyFault::toString)
                    .containsExactly(
                        "line 5, column 16: rules[0].match.topics[0]: \"job.[\" is malformed and"
                            + " fits no topic",
                        "line 5, column 25: rules[0].match.topics[1]: \"jobs.x\" fits no topic"
                            + " (expected: starts with job.)"));
  }

  private static List<String> faults(PolicyLoad load) {
    return switch (load) {
      case PolicyLoad.Loaded _ -> List.of();
      case PolicyLoad.Refused refused ->
          refused.faults().stream().map(PolicyFault::toString).toList();
    };
  }
}

package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyLintTest {
  @Test
  void the_default_policy_has_nothing_to_complain_about() {
    assertThat(PolicyLint.check(PolicyFile.load(DefaultPolicy.file()).orThrow("p").document()))
        .isEmpty();
  }

  @Test
  void rules_that_never_decide_are_found_with_the_rule_in_their_way() {
    String file =
        """
        rules:
          - {id: ops, match: {topics: ["job.ops.*"]}, decision: deny}
          - {id: ops-read, match: {topics: [job.ops.read]}, decision: allow}
          - {id: ops-write, match: {topics: ["job.ops.write*"], tenants: [acme]}, decision: deny}
          - {id: ops-again, match: {topics: ["job.ops.*"]}, decision: allow}
          - {id: slash, match: {topics: ["job.ops.a/*"]}, decision: allow}
          - {id: other, match: {topics: ["job.o*"]}, decision: allow}
        """;

    assertThat(lint(file))
        .containsExactly(
            "UNREACHABLE ops-read: never decides: ops decides all that it matches",
            "SHADOWED ops-write: never decides: ops decides all that it matches",
            "CONTRADICTION ops-again: says allow where ops says deny");
  }

  @Test
  void a_rule_with_a_condition_or_a_count_hides_nothing() {
    String file =
        """
        rules:
          - {id: a, match: {tenants: [t]}, when: "topic == 'job.x'", decision: deny}
          - {id: b, match: {tenants: [t]}, decision: throttle, velocity: {max_requests: 1, window_seconds: 1, key: tenant}}
          - {id: c, match: {tenants: [t]}, decision: allow}
          - {id: d, match: {tenants: [T]}, decision: allow, when: "true"}
        """;

    assertThat(lint(file))
        .containsExactly("SHADOWED d: never decides: c decides all that it matches");
  }

  @Test
  void allows_that_are_too_wide_are_found() {
    String file =
        """
        default_decision: allow
        rules:
          - {id: a, match: {topics: ["job.*"], tenants: [t]}, decision: allow}
          - {id: b, match: {topics: ["job.*"]}, decision: allow}
        """;

    assertThat(lint(file))
        .containsExactly(
            "TOO_WIDE_ALLOW: default_decision allows whatever no rule forbids (expected: deny)",
            "TOO_WIDE_ALLOW b: allows everything that the rules before it do not decide");
  }

  @Test
  void what_matches_nothing_or_changes_nothing_is_found() {
    String file =
        """
        rules:
          - {id: a, match: {topics: ["jobs.x", "job.["]}, decision: allow}
        tenants: {acme: {allow_topics: [job.x]}}
        """;

    assertThat(lint(file))
        .containsExactly(
            "MATCHES_NOTHING a: no job has such a topic",
            "NO_EFFECT: tenants.acme.allow_topics counts only in a policy without rules");
  }

  @Test
  void output_rules_that_are_off_by_accident_are_found() {
    String rules = "output_rules: [{id: r, decision: redact}]\n";

    assertThat(lint("output_policy: {fail_mode: closed}\n" + rules))
        .singleElement()
        .asString()
        .startsWith("NO_EFFECT: output_policy.fail_mode without enabled");
    assertThat(lint("output_policy: {fail_mode: closed, enabled: true}\n" + rules)).isEmpty();
    assertThat(lint("output_policy: {fail_mode: closed, enabled: false}\n" + rules)).isEmpty();
    assertThat(lint(rules)).isEmpty();
  }

  @Test
  void a_replacement_that_no_job_can_have_as_topic_is_found() {
    String file =
        """
        rules:
          - id: a
            match: {topics: [job.db.delete]}
            decision: deny
            remediations:
              - {id: good, replacement_topic: job.db.archive-2}
              - {id: same}
              - {id: bare, replacement_topic: db.archive}
              - {id: glob, replacement_topic: "job.db.*"}
              - {id: empty, replacement_topic: job..db}
        """;

    assertThat(lint(file))
        .containsExactly(
            "UNUSABLE_REMEDIATION a: remediation bare: replacement_topic: \"db.archive\""
                + " (expected: a topic such as job.db.archive)",
            "UNUSABLE_REMEDIATION a: remediation glob: replacement_topic: \"job.db.*\""
                + " (expected: a topic such as job.db.archive)",
            "UNUSABLE_REMEDIATION a: remediation empty: replacement_topic: \"job..db\""
                + " (expected: a topic such as job.db.archive)");
  }

  @Test
  void rules_of_different_tiers_do_not_hide_each_other() {
    String file =
        """
        rules:
          - {id: a, tier: job, selector: {job_id: j}, match: {tenants: [t]}, decision: deny}
          - {id: b, match: {tenants: [t]}, decision: allow}
        """;

    assertThat(lint(file)).isEmpty();
  }

  private static List<String> lint(String file) {
    return PolicyLint.check(PolicyFile.load(Bytes.utf8(file)).orThrow("policy").document()).stream()
        .map(LintFinding::toString)
        .toList();
  }
}

package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyDiffTest {
  private static final String BEFORE =
      """
      version: 1
      rules:
        - {id: a, match: {topics: [job.a]}, decision: deny}
        - {id: b, match: {topics: [job.b]}, decision: allow, reason: fine}
        - {id: c, match: {topics: [job.c]}, decision: allow}
        - {id: d, match: {topics: [job.d]}, decision: allow}
      """;

  @Test
  void every_change_of_meaning_is_listed() {
    String after =
        """
        version: 2
        default_decision: allow
        rules:
          - {id: d, match: {topics: [job.d]}, decision: allow}
          - {id: a, match: {topics: [job.a, job.z]}, decision: require_approval}
          - {id: new, decision: deny}
          - {id: c, match: {topics: [job.c]}, decision: allow, velocity: {max_requests: 1, window_seconds: 1, key: tenant}}
        tenants: {acme: {max_concurrent_jobs: 1}}
        """;

    assertThat(diff(BEFORE, after))
        .containsExactly(
            "CHANGED version []",
            "CHANGED default_decision []",
            "CHANGED a [match, decision]",
            "ADDED new []",
            "CHANGED c [velocity]",
            "REMOVED b []",
            "MOVED d []",
            "CHANGED tenants []");
  }

  @Test
  void comments_blanks_and_the_order_of_keys_do_not_count() {
    String after =
        """
        # a comment
        rules:
          - id: a
            decision: block
            match: {topics: ["job.a"]}
          - {decision: permit, id: b, reason: " fine ", match: {topics: [job.b]}}
          - {id: c, match: {topics: [job.c]}, decision: allow}
          - {id: d, match: {topics: [job.d]}, decision: allow}
        version: 1
        """;

    assertThat(diff(BEFORE, after)).isEmpty();
    assertThat(diff(BEFORE, BEFORE)).isEmpty();
  }

  private static List<String> diff(String before, String after) {
    return PolicyDiff.between(document(before), document(after)).stream()
        .map(change -> change.kind() + " " + change.what() + " " + change.parts())
        .toList();
  }

  private static PolicyDocument document(String file) {
    return PolicyFile.load(Bytes.utf8(file)).orThrow("policy").document();
  }
}

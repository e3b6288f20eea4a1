package dev.reeve.server.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputCheckCommandTest {
  private static final String KEY = "AKIA" + "Z7Q2M4K9T1X8W5B3";
  private static final String POLICY =
      """
      version: "c1"
      output_policy: {enabled: true, fail_mode: closed}
      output_rules:
        - {id: keys, severity: critical, decision: quarantine, match: {scanners: [secret]}}
        - {id: mail, decision: redact, match: {scanners: [pii]}}
      """;

  @TempDir Path folder;

  @Test
  void each_line_is_answered_in_order_and_bad_ones_go_on() throws IOException {
    OfflineRun run =
        check(
            POLICY,
            """
            {"job_id": "j1", "output_text": "key %s"}
            {"jobId": "j2", "outputText": "card 4111 1111 1111 1111"}
            {"job_id": "j3", "output_content": "c2VjcmV0Cg=="}
            {"job_id": "j4", "result_ptr": "redis://res:j4"}
            {"job_id": "j5", "result_ptr": "nonsense", "error_message": "k %s"}
            {"bogus": 1}
            not json
            {"output_text": "a", "output_content": "YQ=="}
            """
                .formatted(KEY, KEY));

    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).hasSize(8);
    assertThat(run.lines().get(0))
        .contains("\"OUTPUT_DECISION_QUARANTINE\"", "\"rule_id\":\"keys\"", "\"offset\":\"4\"")
        .doesNotContain(KEY);
    assertThat(run.lines().get(1)).contains("\"OUTPUT_DECISION_REDACT\"", "card");
    assertThat(run.lines().get(2))
        .contains("\"OUTPUT_DECISION_ALLOW\"", "\"policy_snapshot\":\"c1:", "\"findings\":[]");
    assertThat(run.lines().get(3)).contains("QUARANTINE", "pointer_unreadable");
    assertThat(run.lines().get(4)).contains("QUARANTINE", "\"rule_id\":\"keys\"");
    assertThat(run.lines().subList(5, 8)).allMatch(line -> line.startsWith("{\"error\":"));
  }

  @Test
  void a_policy_that_does_not_load_ends_with_2() throws IOException {
    OfflineRun run =
        check(
            "output_rules: [{id: a, decision: deny, match: {content_patterns: ['(a+)+']}}]", "{}");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("output_rules[0].match.content_patterns");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void no_policy_holds_nothing() throws IOException {
    OfflineRun run = check("", "{\"output_text\": \"" + KEY + "\"}");

    assertThat(run.lines()).singleElement().asString().contains("OUTPUT_DECISION_ALLOW");
  }

  private OfflineRun check(String policy, String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("policy.yaml"), policy);
    return OfflineRun.of(lines, "output", "check", "--policy", file.toString(), "--in", "-");
  }
}

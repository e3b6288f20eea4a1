package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyBundlesTest {
  private static final String ALLOW = "version: v1\nrules: [{id: a, decision: allow}]\n";
  private static final String DENY =
      "rules: [{id: no, match: {topics: [job.no]}, decision: deny}]\n";

  @Test
  void one_file_is_the_policy_that_it_is_alone() {
    PolicySnapshot policy = load(Optional.empty(), ALLOW);

    assertThat(policy.id()).isEqualTo("v1:" + Sha256.of(Bytes.utf8(ALLOW)).hex());
    assertThat(policy.decide(PolicyInput.of("t", "job.no")).ruleId()).isEqualTo("a");
  }

  @Test
  void further_files_and_the_floor_are_part_of_the_name() {
    String floor = Sha256.of(Bytes.utf8("secops/invariants\0" + DENY)).hex();

    assertThat(load(Optional.of(DENY), ALLOW).id())
        .isEqualTo(load(Optional.empty(), ALLOW).id() + "|cfg:" + floor);
    assertThat(load(Optional.empty(), ALLOW, DENY).id())
        .startsWith("v1:")
        .isNotEqualTo(load(Optional.empty(), ALLOW, DENY + " ").id());
    assertThat(load(Optional.of(DENY)).id()).isEqualTo("cfg:" + floor);
  }

  @Test
  void empty_files_are_no_policy() {
    for (String empty : List.of("", "\n\n", "# nothing\n", "---\n# nothing\n")) {
      PolicySnapshot policy = load(Optional.of(""), empty, "");

      assertThat(policy.decide(PolicyInput.of("t", "job.x"))).isEqualTo(PolicyDecision.NO_POLICY);
    }
    assertThat(load(Optional.empty()).decide(PolicyInput.of("t", "job.x")).code())
        .isEqualTo(ReasonCode.NO_POLICY);
  }

  @Test
  void the_first_file_that_says_something_has_its_way_with_settings() {
    PolicySnapshot policy =
        load(
            Optional.empty(),
            "default_tenant: one",
            "version: two\ndefault_tenant: two\ndefault_decision: allow\n"
                + "input_policy: {enabled: false}",
            "default_decision: deny\nrequire_human: {downgrade_when_prompt_only: true}");

    PolicyDocument document = policy.document();
    assertThat(document.defaultTenant()).isEqualTo("one");
    assertThat(document.version()).isEqualTo("two");
    assertThat(document.defaultDecision()).isEqualTo(Decision.ALLOW);
    assertThat(document.more().inputPolicy().enabled()).isFalse();
    assertThat(document.more().requireHuman().downgradeWhenPromptOnly()).isTrue();
  }

  @Test
  void no_file_switches_off_what_the_floor_looks_for() {
    String floor =
        """
        input_rules: [{id: in, decision: deny, match: {keywords: [hush]}}]
        output_rules: [{id: out, decision: deny, match: {keywords: [hush]}}]
        """;
    PolicySnapshot policy =
        load(
            Optional.of(floor),
            """
            default_decision: allow
            input_policy: {enabled: false, fail_mode: open}
            output_policy: {enabled: false}
            require_human: {downgrade_when_prompt_only: true}
            """);
    InputContent content = new InputContent(Bytes.utf8("hush"), "text/plain", 4);

    PolicyDecision decision =
        policy.decide(
            PolicyInput.of("t", "job.x").withContent(content),
            new PolicyContext(VelocityCounter.NONE, InputScanner.NONE));

    assertThat(decision.decision()).isEqualTo(Decision.DENY);
    assertThat(decision.ruleId()).isEqualTo("in");
    assertThat(policy.document().more().inputPolicy().failClosed()).isTrue();
    assertThat(policy.outputRules().applies()).isTrue();
  }

  @Test
  void each_setting_of_outputs_is_that_of_the_first_file_that_says_it() {
    OutputRules rules =
        load(
                Optional.empty(),
                """
                output_policy: {enabled: true}
                output_rules: [{id: a, decision: deny, match: {keywords: [hush]}}]
                """,
                "output_policy: {enabled: false, fail_mode: closed}")
            .outputRules();

    assertThat(rules.applies()).isTrue();
    assertThat(rules.failClosed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          default_decision: deny                       |                                         | true  | false
          output_policy: {streaming: ['job.report.*']} |                                         | false | true
          output_policy: {streaming: []}               |                                         | false | false
          output_policy: {streaming: ['job.*']}        |                                         | true  | true
          output_policy: {streaming: ['job.*']}        | output_policy: {streaming: [job.report.x]} | false | true
          """)
  void a_topic_streams_where_every_file_that_speaks_of_it_permits(
      String file, @Nullable String floor, boolean model, boolean report) {
    OutputRules rules = load(Optional.ofNullable(floor), file).outputRules();

    assertThat(rules.mayStream("job.model.chat")).isEqualTo(model);
    assertThat(rules.mayStream("job.report.x")).isEqualTo(report);
  }

  @Test
  void what_files_forbid_a_tenant_adds_up() {
    PolicySnapshot policy =
        load(
            Optional.of("tenants: {acme: {mcp: {deny_tools: [drop]}, max_concurrent_jobs: 5}}"),
            "default_decision: allow\n"
                + "tenants: {ACME: {mcp: {deny_tools: [wipe]}, max_concurrent_jobs: 9}}");

    TenantPolicy tenant =
        Objects.requireNonNull(policy.document().more().tenants().get("acme"), "acme");
    assertThat(tenant.mcp().tools().deny()).containsExactly("drop", "wipe");
    assertThat(tenant.maxConcurrentJobs()).isEqualTo(5);
  }

  @Test
  void rules_without_an_id_replace_nothing() {
    PolicySnapshot policy =
        load(
            Optional.empty(),
            "rules: [{match: {topics: [job.a]}, decision: deny}]",
            "rules: [{match: {topics: [job.b]}, decision: allow}]");

    assertThat(policy.document().rules()).hasSize(2);
    assertThat(policy.decide(PolicyInput.of("t", "job.a")).ruleId()).isEqualTo("rules[0]");
  }

  private static PolicySnapshot load(Optional<String> floor, String... files) {
    List<PolicySource> sources =
        Arrays.stream(files).map(file -> new PolicySource("f", Bytes.utf8(file))).toList();
    return PolicyBundles.load(
            sources, floor.map(file -> new PolicySource("floor", Bytes.utf8(file))))
        .orThrow("policy");
  }
}

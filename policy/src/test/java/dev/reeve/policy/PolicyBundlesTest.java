package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Defects that are known of other implementations of this format, each absent here.
final class ForeignDefectsTest {
  @Test
  void a_tool_label_does_not_switch_ordinary_rules_off() {
    PolicySnapshot policy =
        policy(
            "default_decision: allow\nrules: [{id: no, match: {topics: [job.a]}, decision: deny}]");

    PolicyDecision decision = policy.decide(labelled("job.a", Map.of("mcp.tool", "x")));

    assertThat(decision.ruleId()).isEqualTo("no");
  }

  @Test
  void a_label_of_a_client_picks_no_tier() {
    PolicySnapshot policy =
        policy(
            """
            rules:
              - {id: ask, decision: require_approval}
              - {id: w, tier: workflow, selector: {workflow_id: w}, decision: allow}
              - {id: j, tier: job, selector: {job_id: j}, decision: allow}
            """);

    Map<String, String> claims = Map.of("workflow_id", "w", "policy.attachment_id", "j");
    PolicyDecision decision = policy.decide(labelled("job.a", claims));

    assertThat(decision.ruleId()).isEqualTo("ask");
  }

  @Test
  void an_allow_of_a_tier_does_not_beat_a_global_deny() {
    PolicySnapshot policy =
        policy(
            """
            rules:
              - {id: w, tier: workflow, selector: {workflow_id: w}, decision: allow}
              - {id: no, decision: deny}
            """);
    PolicyInput input =
        PolicyInput.of("t", "job.a").withFacts(JobFacts.NONE.withJob("", new Scope("", "w")));

    assertThat(policy.decide(input).ruleId()).isEqualTo("no");
  }

  @Test
  void a_deny_after_a_question_is_final_and_asks_nobody() {
    PolicySnapshot policy =
        policy(
            """
            rules: [{id: ask, decision: require_approval, remediations: [{id: r}]}]
            tenants: {t: {mcp: {deny_tools: [x]}}}
            """);

    PolicyDecision byTenant = policy.decide(labelled("job.a", Map.of("mcp.tool", "x")));
    PolicyDecision byConfig =
        policy.decide(
            PolicyInput.of("t", "job.a")
                .withSafety(new SafetyConfig(List.of("job.*"), List.of(), McpLists.NONE)));

    for (PolicyDecision decision : List.of(byTenant, byConfig)) {
      assertThat(decision.decision()).isEqualTo(Decision.DENY);
      assertThat(decision.approvalRequired()).isFalse();
      assertThat(decision.remediations()).isEmpty();
    }
  }

  @Test
  void a_decision_for_one_job_says_nothing_about_another() {
    PolicySnapshot policy =
        policy("rules: [{id: j, tier: job, selector: {job_id: j1}, decision: allow}]");

    assertThat(policy.decide(ofJob("j1")).decision()).isEqualTo(Decision.ALLOW);
    assertThat(policy.decide(ofJob("j2")).decision()).isEqualTo(Decision.DENY);
  }

  @Test
  void keys_that_nothing_obeys_are_refused() {
    for (String key : List.of("max_output_bytes", "allowed_destinations", "redact_patterns")) {
      PolicyLoad load =
          PolicyFile.load(
              Bytes.utf8("rules: [{id: a, decision: allow, constraints: {" + key + ": 1}}]"));

      assertThat(load).isInstanceOf(PolicyLoad.Refused.class);
    }
    assertThat(PolicyFile.load(Bytes.utf8("topic_overrides: {}")))
        .isInstanceOf(PolicyLoad.Refused.class);
  }

  @Test
  void what_a_tenant_may_run_at_once_reaches_the_decision() {
    PolicySnapshot policy =
        policy("default_decision: allow\ntenants: {t: {max_concurrent_jobs: 3}}");

    PolicyDecision decision = policy.decide(PolicyInput.of("t", "job.a"));

    assertThat(decision.decision()).isEqualTo(Decision.ALLOW_WITH_CONSTRAINTS);
    assertThat(decision.constraints().budgets().maxConcurrentJobs()).isEqualTo(3);
  }

  @Test
  void every_key_that_is_documented_can_be_loaded() {
    PolicySnapshot policy =
        policy(
            """
            require_human:
              {min_severity_for_deny: low, min_confidence_for_deny: 0.1, downgrade_when_prompt_only: false}
            rules:
              - {id: d, match: {delegation: {delegation_required: true}}, decision: deny}
            """);

    assertThat(policy.document().rules()).hasSize(1);
  }

  @Test
  void an_explanation_explains() {
    PolicySnapshot policy =
        policy(
            """
            rules:
              - {id: a, match: {topics: [job.b]}, decision: deny}
              - {id: b, match: {risk_tags: [x]}, decision: deny}
              - {id: c, when: "topic == 'job.z'", decision: deny}
              - {id: d, velocity: {max_requests: 1, window_seconds: 1, key: labels.none}, decision: deny}
              - {id: e, decision: allow}
              - {id: f, decision: deny}
            """);

    PolicyExplanation explained = policy.explain(PolicyInput.of("t", "job.a"), PolicyContext.NONE);

    assertThat(explained.trace())
        .extracting(trace -> trace.ruleId() + " " + trace.outcome() + " " + trace.detail())
        .containsExactly(
            "a NO_MATCH topics",
            "b NO_MATCH risk_tags",
            "c PASSED_OVER when",
            "d PASSED_OVER velocity",
            "e DECIDED ");
  }

  @Test
  void a_candidate_can_be_simulated() {
    PolicySnapshot now = policy("default_decision: deny");
    PolicySnapshot candidate = policy("default_decision: allow");

    SimulatedDecision simulated =
        SimulatedDecision.of(now, candidate, PolicyInput.of("t", "job.a"), PolicyContext.NONE);

    assertThat(simulated.flips()).isTrue();
    assertThat(simulated.loosens()).isTrue();
  }

  @Test
  void a_label_cannot_hide_secrets() {
    PolicyInput input =
        new PolicyInput(
            "t", "job.a", "", List.of("secrets"), Map.of("secrets_present", "false"), "");

    assertThat(input.secretsPresent()).isTrue();
  }

  @Test
  void a_throttle_says_when_to_come_back() {
    PolicyDecision decision =
        policy("rules: [{id: slow, decision: throttle}]").decide(PolicyInput.of("t", "job.a"));

    assertThat(decision.toThrottle().retryAfter())
        .hasValueSatisfying(wait -> assertThat(wait).hasSeconds(30));
    assertThat(decision.toThrottle().reason()).isEqualTo("POLICY_THROTTLED");
  }

  @Test
  void velocity_needs_no_other_service_and_has_no_limit_on_rules() {
    StringBuilder file = new StringBuilder("default_decision: allow\nrules:\n");
    for (int i = 0; i < 50; i++) {
      file.append(
          "  - {decision: deny, velocity: {max_requests: 1, window_seconds: 9, key: topic}}\n");
    }
    PolicySnapshot policy = policy(file.toString());
    PolicyContext context =
        new PolicyContext(
            new VelocityCounts(InstantSource.fixed(Instant.EPOCH), 1000), InputScanner.NONE);

    assertThat(policy.decide(ofJob("1"), context).decision()).isEqualTo(Decision.ALLOW);
    assertThat(policy.decide(ofJob("2"), context).ruleId()).isEqualTo("rules[0]");
  }

  @Test
  void a_bundle_that_cannot_be_read_is_an_error_and_not_skipped() {
    PolicyLoad load =
        PolicyBundles.load(
            List.of(
                new PolicySource("good.yaml", Bytes.utf8("default_decision: allow")),
                new PolicySource("bad.yaml", Bytes.utf8("default_decison: deny"))),
            Optional.empty());

    assertThat(load)
        .isInstanceOfSatisfying(
            PolicyLoad.Refused.class,
            refused ->
                assertThat(refused.faults().getFirst())
                    .hasToString(
                        "bad.yaml: line 1, column 1: default_decison: unknown key (did you mean"
                            + " \"default_decision\"?)"));
  }

  private static PolicySnapshot policy(String file) {
    return PolicyFile.load(Bytes.utf8(file)).orThrow("policy");
  }

  private static PolicyInput labelled(String topic, Map<String, String> labels) {
    return new PolicyInput("t", topic, "", List.of(), labels, "");
  }

  private static PolicyInput ofJob(String id) {
    return PolicyInput.of("t", "job.a")
        .withFacts(JobFacts.NONE.withJob(id, Scope.ofLabels(id, Map.of())));
  }
}

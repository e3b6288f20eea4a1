package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisteredAgentsTest {
  private static final String POLICY =
      """
      default_decision: deny
      agents:
        - {id: bot, tenants: [Acme], principals: [svc], risk_tier: low, data_classifications: [pii]}
        - {id: wild, risk_tier: HIGH}
      rules:
        - {id: low, match: {agent_risk_tiers: [Low]}, decision: allow}
        - {id: pii, match: {agent_data_classifications: [PII]}, decision: allow}
        - {id: high, match: {agent_risk_tiers: [high]}, decision: require_approval}
      """;

  @ParameterizedTest
  @CsvSource({
    "bot,    acme, svc, low",
    "' bot', acme, svc, low",
    "BOT,    acme, svc, ''",
    "bot,    acme, eve, ''",
    "bot,    beta, svc, ''",
    "wild,   beta, eve, high",
    "other,  acme, svc, ''",
    "'',     acme, svc, ''"
  })
  void a_request_is_of_the_agent_that_it_may_name(
      String named, String tenant, String principal, String rule) {
    PolicyInput input =
        new PolicyInput(tenant, "job.x", "", List.of(), Map.of("agent_id", named), principal);

    assertThat(load(Optional.empty(), POLICY).decide(input).ruleId()).isEqualTo(rule);
  }

  @Test
  void what_the_floor_says_of_an_agent_holds() {
    PolicySnapshot policy =
        load(
            Optional.of(
                """
                agents: [{id: bot, risk_tier: high}]
                rules: [{id: no, match: {agent_risk_tiers: [high]}, decision: deny}]
                """),
            POLICY);
    PolicyInput input =
        new PolicyInput("acme", "job.x", "", List.of(), Map.of("agent_id", "bot"), "svc");

    assertThat(policy.decide(input).ruleId()).isEqualTo("no");
  }

  @Test
  void explain_sees_the_agent_too() {
    PolicyInput input =
        new PolicyInput("acme", "job.x", "", List.of(), Map.of("agent_id", "wild"), "svc");

    assertThat(load(Optional.empty(), POLICY).explain(input, PolicyContext.NONE).trace())
        .last()
        .satisfies(last -> assertThat(last.outcome()).isEqualTo(RuleTrace.Outcome.DECIDED));
  }

  @Test
  void an_agent_needs_an_id_of_its_own() {
    PolicyLoad load =
        PolicyFile.load(
            Bytes.utf8("agents: [{risk_tier: low}, {id: a}, {id: a}, {id: b, tier: low}]"));

    assertThat(((PolicyLoad.Refused) load).faults().toString())
        .contains("agents[0].id: missing")
        .contains("agents[2].id: \"a\" twice")
        .contains("agents[3].tier: unknown");
  }

  @Test
  void lint_names_rules_that_no_agent_meets() {
    PolicySnapshot policy =
        load(Optional.empty(), POLICY.replace("risk_tier: HIGH", "risk_tier: x"));

    assertThat(PolicyLint.check(policy.document()).toString())
        .contains("MATCHES_NOTHING high: match.agent_risk_tiers")
        .doesNotContain("low:");
  }

  private static PolicySnapshot load(Optional<String> floor, String file) {
    return PolicyBundles.load(
            List.of(new PolicySource("f", Bytes.utf8(file))),
            floor.map(text -> new PolicySource("floor", Bytes.utf8(text))))
        .orThrow("policy");
  }
}

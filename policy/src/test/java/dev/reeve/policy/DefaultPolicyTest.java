package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DefaultPolicyTest {
  private final PolicySnapshot policy = PolicyFile.load(DefaultPolicy.file()).orThrow("default");

  @ParameterizedTest
  @CsvSource({
    "default, job.quantum.sim.local, '', ALLOW, quantum-simulators",
    "default, job.quantum.sim.local, prod, ALLOW, quantum-simulators",
    "'', job.quantum.sim.local, '', ALLOW, quantum-simulators",
    "default, job.default, '', ALLOW, default-work",
    "default, job.default, low, ALLOW, default-work",
    "default, job.default, prod, REQUIRE_APPROVAL, prod-needs-approval",
    "default, job.default, PROD, REQUIRE_APPROVAL, prod-needs-approval",
    "default, job.echo, '', ALLOW, default-work",
    "default, job.echo, prod, ALLOW, default-work",
    "default, job.quantum.ibm.eagle, '', DENY, ''",
    "default, job.quantum.sim, '', DENY, ''",
    "default, job.other, '', DENY, ''",
    "default, job.default.x, '', DENY, ''",
    "default, echo, '', DENY, ''",
    "acme, job.echo, '', DENY, ''",
    "acme, job.default, prod, DENY, ''",
    "acme, job.quantum.sim.local, '', DENY, ''",
  })
  void it_lets_little_through(
      String tenant, String topic, String riskTag, Decision decision, String rule) {
    List<String> tags = riskTag.isEmpty() ? List.of() : List.of(riskTag);

    PolicyDecision answer =
        policy.decide(new PolicyInput(tenant, topic, "", tags, Map.of(), "ann"));

    assertThat(answer.decision()).isEqualTo(decision);
    assertThat(answer.ruleId()).isEqualTo(rule);
  }

  @Test
  void it_has_a_version_and_nothing_to_warn_about() {
    assertThat(PolicyFile.load(DefaultPolicy.file()))
        .isInstanceOfSatisfying(
            PolicyLoad.Loaded.class, loaded -> assertThat(loaded.warnings()).isEmpty());
    assertThat(policy.id()).matches("default-1:[0-9a-f]{64}");
  }

  @Test
  void it_explains_itself_in_comments() {
    assertThat(DefaultPolicy.file().utf8())
        .startsWith("# The policy of this server")
        .contains("require_approval", "reeve approve", "default_decision: deny");
  }
}

package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RuleIndexTest {
  private static final long SEED = Long.getLong("policy.seed", System.nanoTime());

  @Test
  void the_index_finds_the_rule_that_reading_from_the_top_finds() {
    Random random = new Random(SEED);
    RandomPolicies policies = new RandomPolicies(random);
    int byRule = 0;
    int total = 0;
    for (int round = 0; round < 300; round++) {
      PolicyDocument document = policies.policy(random.nextInt(round + 1));
      PolicySnapshot snapshot = PolicySnapshot.of(document, "s");
      for (int i = 0; i < 50; i++) {
        PolicyInput input = policies.input();

        PolicyDecision fast = snapshot.decide(input);

        assertThat(fast)
            .as(
                "round %s of -Dsurefire.jvm.flags=-Dpolicy.seed=%s: %s by %s",
                round, SEED, input, document)
            .isEqualTo(NaiveEvaluator.decide(document, input, fast.reason(), "s"));
        byRule += fast.ruleId().isEmpty() ? 0 : 1;
        total++;
      }
    }
    assertThat(byRule).as("requests that met a rule, of %s", total).isGreaterThan(total / 3);
  }

  @Test
  void a_tenant_and_a_topic_that_come_again_meet_the_same_rules() {
    Random random = new Random(SEED);
    RandomPolicies policies = new RandomPolicies(random);
    for (int round = 0; round < 100; round++) {
      // From few rules, which nothing is remembered of, to more than are remembered.
      PolicyDocument document = policies.policy(8 + 4 * round);
      PolicySnapshot snapshot = PolicySnapshot.of(document, "s");
      List<PolicyInput> names = List.of(policies.input(), policies.input(), policies.input());
      for (int i = 0; i < 40; i++) {
        PolicyInput name = names.get(random.nextInt(names.size()));
        PolicyInput rest = policies.input();
        PolicyInput input =
            new PolicyInput(
                name.tenant(),
                name.topic(),
                rest.capability(),
                rest.riskTags(),
                rest.labels(),
                rest.principal());

        PolicyDecision decided = snapshot.decide(input);

        assertThat(decided)
            .as(
                "round %s, %s of -Dsurefire.jvm.flags=-Dpolicy.seed=%s: %s by %s",
                round, i, SEED, input, document)
            .isEqualTo(NaiveEvaluator.decide(document, input, decided.reason(), "s"));
      }
    }
  }

  @Test
  void names_that_never_come_again_are_decided_as_if_they_had() {
    PolicyRule rule =
        new PolicyRule(
            "r",
            new RuleMatch(List.of(), List.of("job.a*"), List.of(), List.of(), Map.of()),
            Decision.ALLOW,
            "");
    PolicySnapshot policy =
        PolicySnapshot.of(
            new PolicyDocument("", "", Decision.DENY, Collections.nCopies(20, rule)), "s");

    for (int i = 0; i < 5_000; i++) {
      String more = "x".repeat(i % 300);
      assertThat(policy.decide(PolicyInput.of("t" + i + more, "job.a" + i)).ruleId())
          .isEqualTo("r");
      assertThat(policy.decide(PolicyInput.of("t" + i + more, "job.b" + i)).ruleId()).isEmpty();
    }
  }

  @Test
  void rules_that_let_a_request_pass_are_followed_by_the_next_that_matches() {
    Random random = new Random(SEED);
    RandomPolicies policies = new RandomPolicies(random);
    WhenExpression condition = WhenExpression.compile("topic.contains('a')");
    Velocity velocity = new Velocity(1, 1, "topic");
    // Half of all rules are over their count, whatever was asked before.
    VelocityCounter counter =
        check ->
            (check.key().hashCode() & 1) == 0
                ? VelocityCounter.Standing.EXCEEDED
                : VelocityCounter.Standing.WITHIN;
    for (int round = 0; round < 150; round++) {
      List<PolicyRule> rules = new ArrayList<>();
      for (PolicyRule rule : policies.policy(random.nextInt(round + 1)).rules()) {
        rules.add(
            new PolicyRule(
                rule.id(),
                rule.match(),
                rule.decision(),
                "",
                rule.reach(),
                random.nextInt(3) == 0 ? Optional.of(condition) : Optional.empty(),
                random.nextInt(3) == 0 ? Optional.of(velocity) : Optional.empty(),
                Constraints.NONE,
                List.of()));
      }
      PolicyDocument document = new PolicyDocument("", "", Decision.DENY, rules);
      PolicySnapshot snapshot = PolicySnapshot.of(document, "s");
      for (int i = 0; i < 30; i++) {
        PolicyInput input = policies.input();
        List<PolicyRule> firing =
            rules.stream()
                .filter(rule -> rule.when().isEmpty() || input.topic().contains("a"))
                .filter(rule ->
                    rule.velocity().isEmpty()
                        || (rule.id() + "\u001F" + input.topic()).hashCode() % 2 == 0)
                .toList();
        PolicyDocument plain = new PolicyDocument("", "", Decision.DENY, firing);

        PolicyDecision decided =
            snapshot.decide(input, new PolicyContext(counter, InputScanner.NONE));

        assertThat(decided.ruleId())
            .as("-Dsurefire.jvm.flags=-Dpolicy.seed=%s: %s by %s", SEED, input, document)
            .isEqualTo(NaiveEvaluator.decide(plain, input, decided.reason(), "s").ruleId());
      }
    }
  }

  @Test
  void a_rule_with_very_many_tenants_and_topics_is_found_for_each_pair() {
    List<String> tenants = new ArrayList<>();
    List<String> topics = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      tenants.add("tenant-" + i);
      topics.add("job.area-" + i + ".*");
    }
    RuleMatch wide = new RuleMatch(tenants, topics, List.of(), List.of(), Map.of());
    PolicySnapshot policy =
        PolicySnapshot.of(
            new PolicyDocument(
                "", "", Decision.DENY, List.of(new PolicyRule("w", wide, Decision.ALLOW, ""))),
            "s");

    for (int i = 0; i < 300; i++) {
      int tenant = i;
      int area = 299 - i;
      assertThat(policy.decide(PolicyInput.of("tenant-" + tenant, "job.area-" + area + ".x")))
          .extracting(PolicyDecision::ruleId)
          .isEqualTo("w");
    }
    assertThat(policy.decide(PolicyInput.of("tenant-300", "job.area-1.x")).ruleId()).isEmpty();
    assertThat(policy.decide(PolicyInput.of("tenant-1", "job.area-300.x")).ruleId()).isEmpty();
  }
}

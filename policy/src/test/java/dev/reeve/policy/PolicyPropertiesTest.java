package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What holds for every policy, shown on random ones. A failure names its seed.
final class PolicyPropertiesTest {
  private static final long SEED = Long.getLong("policy.seed", System.nanoTime());
  private static final int ROUNDS = 200;
  private static final int REQUESTS = 30;

  private final Random random = new Random(SEED);
  private final RandomPolicies policies = new RandomPolicies(random);

  @Test
  void a_forbid_of_the_floor_never_loses_to_a_permit_by_reordering_files() {
    int forbidden = 0;
    for (int round = 0; round < ROUNDS; round++) {
      PolicyDocument floor = named("floor", policies.policy(5));
      List<PolicyDocument> files = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        files.add(tiered(named("file" + i, policies.policy(6))));
      }
      List<PolicyDocument> shuffled = new ArrayList<>(files);
      Collections.shuffle(shuffled, random);
      PolicySnapshot alone =
          PolicySnapshot.of(PolicyMerge.merge(List.of(), Optional.of(restrictions(floor))), "s");
      PolicySnapshot one = PolicySnapshot.of(PolicyMerge.merge(files, Optional.of(floor)), "s");
      PolicySnapshot other =
          PolicySnapshot.of(PolicyMerge.merge(shuffled, Optional.of(floor)), "s");
      for (int i = 0; i < REQUESTS; i++) {
        // The tenant is said, because files may differ in their default for it.
        PolicyInput input = scoped(withTenant(policies.input()));
        PolicyDecision byFloor = alone.decide(input);
        if (!byFloor.ruleId().isEmpty()) {
          assertThat(one.decide(input).decision()).as(seed()).isEqualTo(byFloor.decision());
          assertThat(other.decide(input).ruleId()).as(seed()).isEqualTo(byFloor.ruleId());
          forbidden++;
        }
      }
    }
    assertThat(forbidden).as("requests that the floor restricted").isGreaterThan(200);
  }

  @Test
  void adding_a_deny_never_turns_a_deny_into_anything_else() {
    int denied = 0;
    for (int round = 0; round < ROUNDS; round++) {
      PolicyDocument before = withTenants(tiered(policies.policy(random.nextInt(8))));
      PolicyDocument after = withDeny(before);
      PolicySnapshot one = PolicySnapshot.of(before, "s");
      PolicySnapshot other = PolicySnapshot.of(after, "s");
      for (int i = 0; i < REQUESTS; i++) {
        PolicyInput input = scoped(policies.input());
        if (one.decide(input).decision() == Decision.DENY) {
          assertThat(other.decide(input).decision())
              .as("%s: %s by %s", seed(), input, after)
              .isEqualTo(Decision.DENY);
          denied++;
        }
      }
    }
    assertThat(denied).isGreaterThan(1000);
  }

  @Test
  void a_deny_of_a_wider_tier_is_never_lifted_by_a_narrower_one() {
    for (int round = 0; round < ROUNDS; round++) {
      PolicyDocument global = policies.policy(6);
      PolicySnapshot without = PolicySnapshot.of(global, "s");
      PolicySnapshot with = PolicySnapshot.of(withNarrowPermits(global), "s");
      for (int i = 0; i < REQUESTS; i++) {
        PolicyInput input = scoped(policies.input());
        PolicyDecision wide = without.decide(input);
        if (wide.decision() == Decision.DENY && !wide.ruleId().isEmpty()) {
          assertThat(with.decide(input).decision()).as(seed()).isEqualTo(Decision.DENY);
        }
      }
    }
  }

  @Test
  void an_explanation_says_what_the_decision_says_and_names_the_rule_that_decided() {
    for (int round = 0; round < ROUNDS; round++) {
      PolicySnapshot policy = PolicySnapshot.of(tiered(policies.policy(8)), "s");
      for (int i = 0; i < REQUESTS; i++) {
        PolicyInput input = scoped(policies.input());

        PolicyExplanation explained = policy.explain(input, PolicyContext.NONE);

        PolicyDecision decided = policy.decide(input);
        assertThat(explained.decision()).isEqualTo(decided);
        List<String> deciders =
            explained.trace().stream()
                .filter(trace -> trace.outcome() == RuleTrace.Outcome.DECIDED)
                .map(RuleTrace::ruleId)
                .toList();
        assertThat(deciders)
            .as(seed())
            .isEqualTo(decided.ruleId().isEmpty() ? List.of() : List.of(decided.ruleId()));
      }
    }
  }

  private static String seed() {
    return "-Dsurefire.jvm.flags=-Dpolicy.seed=" + SEED;
  }

  private static PolicyInput withTenant(PolicyInput input) {
    return input.tenant().isBlank()
        ? new PolicyInput(
            "acme",
            input.topic(),
            input.capability(),
            input.riskTags(),
            input.labels(),
            input.principal())
        : input;
  }

  private PolicyInput scoped(PolicyInput input) {
    Scope scope = new Scope(random.nextBoolean() ? "j" : "", random.nextBoolean() ? "w" : "");
    return input.withFacts(JobFacts.NONE.withJob("job", scope));
  }

  private static PolicyDocument named(String name, PolicyDocument policy) {
    return withRules(
        policy,
        policy.rules().stream()
            .map(rule ->
                new PolicyRule(name + rule.id(), rule.match(), rule.decision(), rule.reason()))
            .toList());
  }

  private static PolicyDocument restrictions(PolicyDocument policy) {
    return withRules(
        policy, policy.rules().stream().filter(rule -> !rule.decision().permits()).toList());
  }

  private PolicyDocument tiered(PolicyDocument policy) {
    return withRules(
        policy, policy.rules().stream().map(rule -> withReach(rule, reach())).toList());
  }

  private PolicyRule.Reach reach() {
    return switch (random.nextInt(4)) {
      case 0 -> new PolicyRule.Reach(Tier.JOB, new Selector("", "j", ""), false);
      case 1 -> new PolicyRule.Reach(Tier.WORKFLOW, new Selector("w", "", ""), false);
      default -> PolicyRule.Reach.GLOBAL;
    };
  }

  private static PolicyDocument withTenants(PolicyDocument policy) {
    TenantPolicy tenant =
        new TenantPolicy(
            "acme", List.of("job.a*"), List.of("job.*b*"), List.of(), List.of(), 0, McpLists.NONE);
    PolicyDocument.More none = PolicyDocument.More.NONE;
    return new PolicyDocument(
        policy.version(),
        policy.defaultTenant(),
        policy.defaultDecision(),
        policy.rules(),
        new PolicyDocument.More(
            List.of(),
            List.of(),
            none.inputPolicy(),
            List.of(),
            none.outputPolicy(),
            Map.of("acme", tenant, "globex", tenant),
            none.requireHuman(),
            none.tagDerivers(),
            none.agents()));
  }

  private PolicyDocument withDeny(PolicyDocument policy) {
    List<PolicyRule> rules = new ArrayList<>(policy.rules());
    List<PolicyRule> drawn = policies.policy(1).rules();
    PolicyRule deny = new PolicyRule("added", drawn.getFirst().match(), Decision.DENY, "");
    rules.add(random.nextInt(rules.size() + 1), withReach(deny, reach()));
    return withRules(policy, rules);
  }

  private PolicyDocument withNarrowPermits(PolicyDocument policy) {
    List<PolicyRule> rules = new ArrayList<>(policy.rules());
    PolicyRule permit = new PolicyRule("permit", RuleMatch.EVERYTHING, Decision.ALLOW, "");
    rules.add(
        0, withReach(permit, new PolicyRule.Reach(Tier.JOB, new Selector("", "j", ""), false)));
    return withRules(policy, rules);
  }

  private static PolicyRule withReach(PolicyRule rule, PolicyRule.Reach reach) {
    return new PolicyRule(
        rule.id(),
        rule.match(),
        rule.decision(),
        rule.reason(),
        reach,
        rule.when(),
        rule.velocity(),
        rule.constraints(),
        rule.remediations());
  }

  private static PolicyDocument withRules(PolicyDocument policy, List<PolicyRule> rules) {
    return new PolicyDocument(
        policy.version(), policy.defaultTenant(), policy.defaultDecision(), rules, policy.more());
  }
}

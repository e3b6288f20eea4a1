package dev.reeve.service.decider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.policy.Constraints;
import dev.reeve.policy.Constraints.Budgets;
import dev.reeve.policy.Constraints.Diff;
import dev.reeve.policy.Constraints.Sandbox;
import dev.reeve.policy.Constraints.Toolchain;
import dev.reeve.policy.Decision;
import dev.reeve.policy.PolicyDecision;
import dev.reeve.policy.ReasonCode;
import dev.reeve.policy.Remediation;
import dev.reeve.policy.VelocityCheck;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StricterTest {
  private static final Constraints MINUTE = runtime(60_000);
  private static final Constraints SECOND = runtime(1_000);

  @ParameterizedTest(name = "{0} and {1}: {2} by {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALLOW                  | ALLOW                  | ALLOW                  | ours
          ALLOW                  | ALLOW_WITH_CONSTRAINTS | ALLOW_WITH_CONSTRAINTS | ours remote:theirs
          ALLOW                  | REQUIRE_APPROVAL       | REQUIRE_APPROVAL       | remote:theirs
          ALLOW                  | THROTTLE               | THROTTLE               | remote:theirs
          ALLOW                  | DENY                   | DENY                   | remote:theirs
          ALLOW_WITH_CONSTRAINTS | ALLOW                  | ALLOW_WITH_CONSTRAINTS | ours
          ALLOW_WITH_CONSTRAINTS | ALLOW_WITH_CONSTRAINTS | ALLOW_WITH_CONSTRAINTS | ours remote:theirs
          ALLOW_WITH_CONSTRAINTS | REQUIRE_APPROVAL       | REQUIRE_APPROVAL       | remote:theirs
          ALLOW_WITH_CONSTRAINTS | THROTTLE               | THROTTLE               | remote:theirs
          ALLOW_WITH_CONSTRAINTS | DENY                   | DENY                   | remote:theirs
          REQUIRE_APPROVAL       | ALLOW                  | REQUIRE_APPROVAL       | ours
          REQUIRE_APPROVAL       | ALLOW_WITH_CONSTRAINTS | REQUIRE_APPROVAL       | ours remote:theirs
          REQUIRE_APPROVAL       | REQUIRE_APPROVAL       | REQUIRE_APPROVAL       | ours
          REQUIRE_APPROVAL       | THROTTLE               | THROTTLE               | remote:theirs
          REQUIRE_APPROVAL       | DENY                   | DENY                   | remote:theirs
          """)
  void the_other_decider_takes_back_and_never_gives(
      Decision ours, Decision theirs, Decision both, String rule) {
    PolicyDecision merged =
        Stricter.of(
            decision(ours, "ours", limits(ours, MINUTE)),
            decision(theirs, "theirs", limits(theirs, SECOND)));

    assertThat(merged.decision()).isEqualTo(both);
    assertThat(merged.ruleId()).isEqualTo(rule);
    assertThat(merged.snapshot()).isEqualTo("snap-ours remote:snap-theirs");
    boolean byTheirs = rule.equals("remote:theirs");
    assertThat(merged.reason())
        .isEqualTo(both.permits() ? "" : byTheirs ? "why theirs" : "why ours");
    assertThat(merged.code() == ReasonCode.OTHER_DECIDER).isEqualTo(byTheirs);
  }

  @Test
  void limits_are_the_stricter_of_both() {
    Constraints ours =
        new Constraints(
            new Budgets(60_000, 0, 500, 3),
            new Sandbox(false, List.of("a", "b"), List.of(), List.of("/tmp")),
            new Toolchain(List.of("git", "make"), List.of()),
            new Diff(10, 0, List.of("*.key")),
            "standard");
    Constraints theirs =
        new Constraints(
            new Budgets(1_000, 2, 900, 0),
            new Sandbox(true, List.of("b", "c"), List.of("/etc"), List.of()),
            new Toolchain(List.of("make"), List.of("ls")),
            new Diff(20, 5, List.of("*.pem", "*.key")),
            "");

    assertThat(StricterConstraints.of(ours, theirs))
        .contains(
            new Constraints(
                new Budgets(1_000, 2, 500, 3),
                new Sandbox(true, List.of("b"), List.of("/etc"), List.of("/tmp")),
                new Toolchain(List.of("make"), List.of("ls")),
                new Diff(10, 5, List.of("*.key", "*.pem")),
                "standard"));
  }

  @Test
  void merging_is_the_same_both_ways_and_with_itself() {
    assertThat(StricterConstraints.of(MINUTE, SECOND)).contains(SECOND);
    assertThat(StricterConstraints.of(SECOND, MINUTE)).contains(SECOND);
    assertThat(StricterConstraints.of(SECOND, Constraints.NONE)).contains(SECOND);
    assertThat(StricterConstraints.of(Constraints.NONE, SECOND)).contains(SECOND);
    assertThat(StricterConstraints.of(SECOND, SECOND)).contains(SECOND);
  }

  @Test
  void an_empty_common_list_is_a_deny_and_never_no_limit() {
    PolicyDecision merged =
        Stricter.of(
            decision(Decision.ALLOW_WITH_CONSTRAINTS, "ours", tools("git")),
            decision(Decision.ALLOW_WITH_CONSTRAINTS, "theirs", tools("make")));

    assertThat(merged.decision()).isEqualTo(Decision.DENY);
    assertThat(merged.constraints()).isEqualTo(Constraints.NONE);
    assertThat(merged.ruleId()).isEqualTo("remote:theirs");
  }

  @Test
  void two_words_for_redaction_are_a_deny_because_nobody_knows_the_stricter() {
    Constraints one = withRedaction("standard");
    Constraints other = withRedaction("full");

    assertThat(StricterConstraints.of(one, other)).isEmpty();
    assertThat(StricterConstraints.of(one, one)).contains(one);
  }

  @Test
  void a_default_of_the_other_decider_is_named_too() {
    PolicyDecision merged =
        Stricter.of(
            decision(Decision.ALLOW, "ours", Constraints.NONE),
            new PolicyDecision(Decision.DENY, "no", "", ""));

    assertThat(merged.ruleId()).isEqualTo("remote:default");
    assertThat(merged.snapshot()).isEqualTo("snap-ours");
  }

  @Test
  void what_was_counted_stays_and_the_others_advice_is_kept() {
    VelocityCheck count = new VelocityCheck("k", "m", 1, 60, false);
    Remediation advice = new Remediation("soft", "Soft", "", "job.soft", "", Map.of(), List.of());
    PolicyDecision ours =
        new PolicyDecision(
            Decision.ALLOW,
            "",
            "ours",
            "snap-ours",
            ReasonCode.RULE_MATCHED,
            Constraints.NONE,
            List.of(),
            List.of(count));
    PolicyDecision theirs =
        new PolicyDecision(
            Decision.DENY,
            "no",
            "theirs",
            "snap-theirs",
            ReasonCode.OTHER_DECIDER,
            Constraints.NONE,
            List.of(advice),
            List.of());

    PolicyDecision merged = Stricter.of(ours, theirs);

    assertThat(merged.velocity()).containsExactly(count);
    assertThat(merged.remediations()).containsExactly(advice);
  }

  private static PolicyDecision decision(Decision decision, String rule, Constraints limits) {
    return new PolicyDecision(
        decision,
        decision.permits() ? "" : "why " + rule,
        rule,
        "snap-" + rule,
        ReasonCode.RULE_MATCHED,
        limits,
        List.of(),
        List.of());
  }

  private static Constraints limits(Decision decision, Constraints given) {
    return decision == Decision.ALLOW_WITH_CONSTRAINTS ? given : Constraints.NONE;
  }

  private static Constraints runtime(long millis) {
    return new Constraints(
        new Budgets(millis, 0, 0, 0), Sandbox.NONE, Toolchain.NONE, Diff.NONE, "");
  }

  private static Constraints tools(String tool) {
    return new Constraints(
        Budgets.NONE, Sandbox.NONE, new Toolchain(List.of(tool), List.of()), Diff.NONE, "");
  }

  private static Constraints withRedaction(String level) {
    return new Constraints(Budgets.NONE, Sandbox.NONE, Toolchain.NONE, Diff.NONE, level);
  }
}

package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.RetryPolicy;
import dev.reeve.job.RunLimits;
import dev.reeve.policy.Constraints;
import org.junit.jupiter.api.Test;

final class ConstrainedLimitsTest {
  private static final RunLimits ASKED = new RunLimits(7, 5_000_000, RetryPolicy.DEFAULT, true);

  @Test
  void a_rule_lowers_what_was_asked_for() {
    RunLimits limits = limits(ASKED, budgets(1000, 1));

    assertThat(limits.runTimeoutMicros()).isEqualTo(1_000_000);
    assertThat(limits.retry().attemptsMax()).isEqualTo(2);
    assertThat(limits.deadlineAtMicros()).isEqualTo(7);
    assertThat(limits.atMostOnce()).isTrue();
  }

  @Test
  void a_rule_never_raises_it() {
    assertThat(limits(ASKED, budgets(60_000, 90))).isEqualTo(ASKED);
    assertThat(limits(ASKED, Constraints.NONE)).isEqualTo(ASKED);
  }

  @Test
  void a_limit_holds_where_nothing_was_asked_for() {
    RunLimits limits = limits(RunLimits.DEFAULT, budgets(1000, 0));

    assertThat(limits.runTimeoutMicros()).isEqualTo(1_000_000);
    assertThat(limits(RunLimits.DEFAULT, budgets(Long.MAX_VALUE, 0)))
        .extracting(RunLimits::runTimeoutMicros)
        .isNotEqualTo(0L);
  }

  private static Constraints budgets(long runtimeMs, int retries) {
    return new Constraints(
        new Constraints.Budgets(runtimeMs, retries, 0, 0),
        Constraints.Sandbox.NONE,
        Constraints.Toolchain.NONE,
        Constraints.Diff.NONE,
        "");
  }

  private static RunLimits limits(RunLimits asked, Constraints constraints) {
    return ConstrainedLimits.of(asked, ConstrainedLimits.grant(constraints, 0));
  }
}

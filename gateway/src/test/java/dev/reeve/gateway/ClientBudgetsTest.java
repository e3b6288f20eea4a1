package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.governance.cif.ClientRates;
import dev.reeve.service.Caller;
import dev.reeve.service.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ClientBudgetsTest {
  private static final Caller ALICE =
      new Caller("alice", Role.USER, false, "acme", "", "mathison", "", "10.0.0.1", "");
  private static final Caller OPERATOR =
      Caller.localOperator("acme", "", "mathison", "", "127.0.0.1");

  private final AtomicLong nanos = new AtomicLong();
  private final ClientBudgets budgets =
      new ClientBudgets(Optional.of(new ClientRates.Rate(1_000, 2)), nanos::get);

  private boolean passes(Caller caller, String clientId) {
    return budgets.take(caller, clientId).isEmpty();
  }

  @Test
  void a_new_name_for_each_request_does_not_widen_the_budget_of_a_principal() {
    assertThat(passes(ALICE, "a")).isTrue();
    assertThat(passes(ALICE, "b")).isTrue();
    assertThat(passes(ALICE, "c")).isFalse();
  }

  @Test
  void clients_of_the_operator_are_counted_each_by_itself_and_the_operator_is_not() {
    for (int i = 0; i < 5; i++) {
      assertThat(passes(OPERATOR, "")).isTrue();
      assertThat(passes(OPERATOR, "greedy")).isEqualTo(i < 2);
    }
    assertThat(passes(OPERATOR, "modest")).isTrue();
  }

  @Test
  void a_refusal_says_when_to_come_again() {
    passes(ALICE, "");
    passes(ALICE, "");

    var problem = budgets.take(ALICE, "").orElseThrow();

    assertThat(problem.reason()).isEqualTo("CIF_RATE_LIMITED");
    assertThat(problem.retryAfter()).contains(Duration.ofMillis(501));
    nanos.addAndGet(600_000_000);
    assertThat(passes(ALICE, "")).isTrue();
  }

  @Test
  void nobody_is_counted_without_a_rate() {
    ClientBudgets none = new ClientBudgets(Optional.empty(), nanos::get);

    for (int i = 0; i < 1_000; i++) {
      assertThat(none.take(ALICE, "a")).isEmpty();
    }
  }
}

package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Breakers through a router on a clock that the test moves.
final class BreakerScriptTest {
  private static final String ONE =
      "{'providers': [{'name': 'm1', 'weight': 1}], 'fallback': {'provider': 'm2'},"
          + " 'circuit_breaker': {'enabled': true";

  private final RouterFixture routes = new RouterFixture();

  @Test
  void failures_in_a_row_open_time_half_opens_and_successes_close() {
    routes.policy("p", ONE + ", 'failure_threshold': 3, 'timeout_ms': 1000}}");
    routes.fail("p", 2);
    assertThat(state()).isEqualTo(BreakerState.CLOSED);
    routes.fail("p", 1);
    assertThat(state()).isEqualTo(BreakerState.OPEN);
    assertThat(routes.breakers().getFirst().reason()).isEqualTo("failures");
    assertThat(routes.told("p")).isEqualTo("m2 fallback 25");

    routes.pass(Duration.ofMillis(999));
    assertThat(routes.told("p")).isEqualTo("m2 fallback 25");
    assertThat(routes.breakers().getFirst().remainingMs()).isEqualTo(1);
    routes.pass(Duration.ofMillis(1));
    RouteDecision trial = routes.decide("p");
    assertThat(trial.providerId()).isEqualTo("m1");
    assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);

    routes.result(trial, FailureClass.NONE, 10, 0);
    assertThat(state()).isEqualTo(BreakerState.HALF_OPEN);
    routes.result(routes.decide("p"), FailureClass.NONE, 10, 0);
    assertThat(state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void a_success_between_failures_begins_the_count_anew() {
    routes.policy("p", ONE + ", 'failure_threshold': 3}}");

    for (int i = 0; i < 3; i++) {
      routes.fail("p", 2);
      routes.result(routes.decide("p"), FailureClass.NONE, 10, 0);
    }

    assertThat(state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void any_failure_of_a_trial_opens_it_again() {
    routes.policy("p", ONE + ", 'failure_threshold': 1, 'timeout_ms': 1000}}");
    routes.fail("p", 1);
    routes.pass(Duration.ofSeconds(1));
    routes.fail("p", 1);

    assertThat(state()).isEqualTo(BreakerState.OPEN);
    assertThat(routes.breakers().getFirst().reason()).isEqualTo("half_open_failure");
  }

  @Test
  void half_open_lets_so_many_calls_through_and_no_more() {
    routes.policy(
        "p", ONE + ", 'failure_threshold': 1, 'timeout_ms': 1000, 'half_open_max_calls': 2}}");
    routes.fail("p", 1);
    routes.pass(Duration.ofSeconds(1));

    assertThat(routes.decide("p").providerId()).isEqualTo("m1");
    assertThat(routes.decide("p").providerId()).isEqualTo("m1");
    assertThat(routes.decide("p").providerId()).isEqualTo("m2");
  }

  @Test
  void trials_whose_results_never_come_do_not_shut_a_provider_out_for_ever() {
    routes.policy(
        "p", ONE + ", 'failure_threshold': 1, 'timeout_ms': 1000, 'half_open_max_calls': 1}}");
    routes.fail("p", 1);
    routes.pass(Duration.ofSeconds(1));
    assertThat(routes.decide("p").providerId()).isEqualTo("m1");
    assertThat(routes.decide("p").providerId()).isEqualTo("m2");

    routes.pass(Duration.ofSeconds(1));
    assertThat(routes.decide("p").providerId()).isEqualTo("m1");
  }

  @Test
  void a_share_of_failures_opens_once_there_are_enough_calls() {
    routes.policy("p", ONE + ", 'failure_threshold': 100, 'error_rate_threshold': 0.5}}");
    RouteDecision decision = routes.decide("p");
    for (int i = 0; i < 9; i++) {
      routes.result(decision, i % 2 == 0 ? FailureClass.TIMEOUT : FailureClass.NONE, 10, 0);
    }
    assertThat(state()).isEqualTo(BreakerState.CLOSED);

    routes.result(decision, FailureClass.TIMEOUT, 10, 0);

    assertThat(state()).isEqualTo(BreakerState.OPEN);
    assertThat(routes.breakers().getFirst().reason()).isEqualTo("error_rate");
  }

  @Test
  void what_left_the_window_counts_no_more() {
    routes.policy(
        "p",
        ONE + ", 'failure_threshold': 100, 'error_rate_window_seconds': 10, 'minimum_calls': 4}}");
    RouteDecision decision = routes.decide("p");
    for (int i = 0; i < 3; i++) {
      routes.result(decision, FailureClass.TIMEOUT, 10, 0);
    }

    routes.pass(Duration.ofSeconds(11));
    routes.result(decision, FailureClass.TIMEOUT, 10, 0);

    assertThat(state()).isEqualTo(BreakerState.CLOSED);
    assertThat(routes.breakers().getFirst().samples()).isEqualTo(1);
  }

  @Test
  void slow_calls_open_it_as_failures_do() {
    routes.policy("p", ONE + ", 'latency_threshold_ms': 100, 'minimum_calls': 4}}");
    RouteDecision decision = routes.decide("p");
    for (int i = 0; i < 4; i++) {
      routes.result(decision, FailureClass.NONE, 101, 0);
    }

    assertThat(state()).isEqualTo(BreakerState.OPEN);
    assertThat(routes.breakers().getFirst().reason()).isEqualTo("latency");
  }

  @Test
  void what_is_the_callers_fault_counts_for_nothing() {
    routes.policy("p", ONE + ", 'failure_threshold': 1}}");
    RouteDecision decision = routes.decide("p");

    routes.result(decision, FailureClass.CLIENT_ERROR, 10, 0);
    routes.result(decision, FailureClass.RATE_LIMITED, 10, 0);
    routes.result(decision, FailureClass.CANCELLED, 10, 0);

    assertThat(routes.breakers()).isEmpty();
    assertThat(routes.decide("p").providerId()).isEqualTo("m1");
  }

  @Test
  void reports_of_callers_open_it_where_no_results_come() {
    routes.policy("p", ONE + ", 'failure_threshold': 2}}");

    for (int i = 0; i < 2; i++) {
      routes.decide("p", "status", "timeout", "current_provider", "m1");
    }

    assertThat(state()).isEqualTo(BreakerState.OPEN);
    assertThat(routes.told("p")).isEqualTo("m2 fallback 25");
  }

  @Test
  void a_report_of_what_a_result_has_told_does_not_count_twice() {
    routes.policy("p", ONE + ", 'failure_threshold': 2}}");
    routes.fail("p", 1);

    routes.decide("p", "status", "5xx", "current_provider", "m1");

    assertThat(state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void a_selected_provider_with_an_open_breaker_is_replaced_by_the_fallback_of_the_context() {
    routes.policy(
        "p",
        "{'weights': {'m1': 1, 'm2': 1, 'm3': 1}, 'circuit_breaker': {'enabled': true,"
            + " 'failure_threshold': 1}}");
    routes.draws(0.1);
    routes.fail("p", 1);

    assertThat(routes.told("p", "selected_provider", "m1", "fallback_provider", "m3"))
        .isEqualTo("m3 circuit_breaker_fallback 20");
    assertThat(
            routes.told(
                "p",
                "selected_provider",
                "m1",
                "fallback_rules",
                java.util.List.of(java.util.Map.of("to", "m2"))))
        .isEqualTo("m2 circuit_breaker_fallback 20");
    assertThat(routes.told("p", "selected_provider", "m2", "fallback_provider", "m3"))
        .isEqualTo("m2 weighted 50");
  }

  @Test
  void the_last_resort_is_taken_when_all_are_down_even_if_it_is_too() {
    routes.policy(
        "p",
        "{'weights': {'m1': 1}, 'last_resort': 'm1', 'circuit_breaker': {'enabled': true,"
            + " 'failure_threshold': 1}}");
    routes.fail("p", 1);

    RouteDecision decision = routes.decide("p");

    assertThat(decision.providerId()).isEqualTo("m1");
    assertThat(decision.reason()).isEqualTo(RouteReason.FALLBACK);
    assertThat(decision.metadata()).containsEntry("last_resort", "true");
  }

  @Test
  void a_provider_that_asks_for_a_pause_gets_it() {
    routes.policy("p", "{'weights': {'m1': 1, 'm2': 1}}").draws(0.1);
    RouteDecision decision = routes.decide("p");
    routes
        .router()
        .observe(
            new RouteResult(
                RouterFixture.TENANT,
                "p",
                decision.policyVersion(),
                "m1",
                "chat",
                "",
                "",
                FailureClass.RATE_LIMITED,
                5,
                0,
                0,
                0,
                2_000));

    assertThat(routes.decide("p").providerId()).isEqualTo("m2");
    routes.pass(Duration.ofSeconds(2));
    assertThat(routes.decide("p").providerId()).isEqualTo("m1");
  }

  @Test
  void a_result_counts_under_the_policy_that_made_the_decision() {
    routes.policy("p", ONE + ", 'failure_threshold': 1}}");
    RouteDecision old = routes.decide("p");
    routes.policy("p", ONE + ", 'failure_threshold': 5}}");
    routes.fail("p", 1);
    assertThat(state()).isEqualTo(BreakerState.CLOSED);

    routes.result(old, FailureClass.TIMEOUT, 10, 0);

    assertThat(state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void results_of_what_no_policy_names_are_passed_over() {
    routes.policy("p", ONE + "}}");
    for (String[] odd : new String[][] {{"p", "unknown"}, {"none", "m1"}}) {
      routes
          .router()
          .observe(
              new RouteResult(
                  RouterFixture.TENANT,
                  odd[0],
                  1,
                  odd[1],
                  "chat",
                  "",
                  "",
                  FailureClass.TIMEOUT,
                  5,
                  0,
                  0,
                  0,
                  0));
    }

    assertThat(routes.breakers()).isEmpty();
  }

  @Test
  void tenants_that_are_remembered_are_bounded() {
    RouterFixture small =
        new RouterFixture(
                new RoutingSettings(
                    java.util.Optional.empty(),
                    java.util.Optional.empty(),
                    "",
                    20,
                    20,
                    20,
                    java.util.Set.of()))
            .policy("p", ONE + ", 'failure_threshold': 1}}");
    for (int i = 0; i < 200; i++) {
      small.pass(Duration.ofMillis(5));
      small
          .router()
          .observe(
              new RouteResult(
                  "t" + i, "p", 1, "m1", "chat", "", "", FailureClass.TIMEOUT, 5, 0, 0, 0, 0));
    }

    assertThat(small.router().breakers("")).hasSizeBetween(15, 20);
    assertThat(small.router().breakers("t199")).hasSize(1);
  }

  private BreakerState state() {
    return routes.breakers().getFirst().state();
  }
}

package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Fallback rules: their conditions, their waits, and who follows.
final class FallbackTest {
  private static final String NOBODY = "{'weights': {'a': 0, 'b': 0}, 'fallbacks': [";

  private final RouterFixture routes = new RouterFixture();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; true",
        "{'tier': 'vip'}; true",
        "{'tier': ['free', 'vip']}; true",
        "{'tier': 'free'}; false",
        "{'missing': 'x'}; false",
        "{'tier': 'vip', 'n': 3}; true",
        "{'tier': 'vip', 'n': 4}; false",
        "{'==': [{'var': 'context.n'}, 3]}; true",
        "{'==': [{'var': 'context.text_n'}, 3]}; true",
        "{'!=': [{'var': 'context.n'}, 3]}; false",
        "{'!=': [{'var': 'context.missing'}, 3]}; false",
        "{'>': [{'var': 'context.n'}, 2]}; true",
        "{'>': [{'var': 'context.n'}, 3]}; false",
        "{'<': [{'var': 'n'}, 4]}; true",
        "{'>=': [{'var': 'context.n'}, 3]}; true",
        "{'<=': [{'var': 'context.n'}, 2]}; false",
        "{'in': [{'var': 'context.tier'}, ['vip', 'gold']]}; true",
        "{'in': [{'var': 'context.tier'}, ['free']]}; false",
        "{'in': ['x', {'var': 'context.list'}]}; true",
        "{'==': [{'var': 'context.deep.a.b'}, 'c']}; true",
        "{'==': [{'var': 'context.deep.a.x'}, 'c']}; false",
        "{'==': [{'var': 'context.flag'}, true]}; true",
        "{'>': [{'var': 'context.tier'}, 1]}; false",
        "{'tenant_id': 'acme'}; true",
        "{'task_type': 'chat'}; true",
        "[{'tier': 'vip'}, {'n': 3}]; true",
        "[{'tier': 'vip'}, {'n': 4}]; false"
      })
  void conditions(String when, boolean holds) {
    routes.policy("p", NOBODY + "{'when': " + when + ", 'retry': 0, 'to': 'b'}]}");

    String told =
        routes.told(
            "p",
            "tier",
            "vip",
            "n",
            3L,
            "text_n",
            "3",
            "list",
            List.of("x"),
            "flag",
            "true",
            "deep",
            Map.of("a", Map.of("b", "c")));

    assertThat(told).isEqualTo(holds ? "b fallback 25" : "decision_failed");
  }

  @ParameterizedTest
  @CsvSource({
    "exponential, 100, 5000, 1, 100",
    "exponential, 100, 5000, 2, 200",
    "exponential, 100, 5000, 7, 5000",
    "linear, 100, 5000, 3, 300",
    "linear, 100, 250, 3, 250",
    "fixed, 70, 5000, 9, 70"
  })
  void waits_without_jitter(String strategy, int base, int max, long attempt, long waitMs) {
    routes.policy(
        "p",
        "{'weights': {'a': 1}, 'fallbacks': [{'when': {}, 'retry': 10, 'to': 'b', 'backoff':"
            + " {'strategy': '%s', 'base_ms': %d, 'max_ms': %d, 'jitter': false}}]}"
                .formatted(strategy, base, max));

    RouteDecision decision =
        routes.decide(
            "p", "status", "timeout", "current_provider", "a", "retry_attempts_used", attempt - 1);

    assertThat(decision.retry()).contains(new RetryAdvice((int) attempt, 10, waitMs));
  }

  @Test
  void jitter_adds_less_than_a_tenth() {
    routes.policy("p", "{'weights': {'a': 1}, 'fallbacks': [{'when': {}, 'to': 'b'}]}");
    routes.draws(new java.util.SplittableRandom(3));

    for (int i = 0; i < 1_000; i++) {
      RouteDecision decision = routes.decide("p", "status", "timeout", "current_provider", "a");
      assertThat(decision.retry().orElseThrow().backoffMs()).isBetween(100L, 109L);
    }
  }

  @Test
  void what_the_provider_asked_for_goes_before_the_policys_wait() {
    routes.policy("p", "{'weights': {'a': 1}, 'fallbacks': [{'when': {}, 'to': 'b'}]}");

    RouteDecision decision =
        routes.decide(
            "p", "status", "rate_limited", "current_provider", "a", "retry_after_ms", 7_000L);

    assertThat(decision.retry().orElseThrow().backoffMs()).isEqualTo(7_000);
  }

  @Test
  void the_first_matching_rule_wins() {
    routes.policy(
        "p",
        "{'weights': {'a': 1}, 'fallbacks': [{'when': {'status': '5xx'}, 'retry': 0, 'to': 'b'},"
            + " {'when': {'status': ['timeout', '5xx']}, 'retry': 0, 'to': 'c'}]}");

    RouteDecision first = routes.decide("p", "status", "5xx", "current_provider", "a");
    RouteDecision second = routes.decide("p", "status", "timeout", "current_provider", "a");

    assertThat(first.providerId()).isEqualTo("b");
    assertThat(first.metadata())
        .containsEntry("fallback_rule_id", "fallbacks[0]")
        .containsEntry("fallback_applied", "true")
        .containsEntry("retry_attempts_used", "0");
    assertThat(second.providerId()).isEqualTo("c");
  }

  @Test
  void a_retry_of_one_that_is_out_goes_to_the_fallback_at_once() {
    routes.policy("p", "{'weights': {'a': 1}, 'fallbacks': [{'when': {}, 'to': 'b'}]}");
    routes.router().health("a", false);

    assertThat(routes.told("p", "status", "timeout", "current_provider", "a"))
        .isEqualTo("b fallback 25");
  }

  @Test
  void a_provider_that_the_policy_does_not_name_is_never_retried() {
    routes.policy("p", "{'weights': {'a': 1}, 'fallbacks': [{'when': {}, 'to': 'b'}]}");

    assertThat(routes.told("p", "status", "timeout", "current_provider", "evil"))
        .isEqualTo("b fallback 25");
  }

  @Test
  void the_older_form_follows_a_reported_failure_too() {
    routes.policy(
        "p", "{'weights': {'a': 1}, 'fallback': {'provider': 'b', 'conditions': ['timeout']}}");

    assertThat(routes.told("p", "status", "timeout", "current_provider", "a"))
        .isEqualTo("b fallback 25");
    assertThat(routes.told("p", "status", "4xx", "current_provider", "a"))
        .isEqualTo("a weighted 50");
  }

  @Test
  void a_failure_of_which_no_rule_speaks_changes_nothing() {
    routes.policy(
        "p", "{'weights': {'a': 1}, 'fallbacks': [{'when': {'status': '5xx'}, 'to': 'b'}]}");

    assertThat(routes.told("p", "status", "4xx", "current_provider", "a"))
        .isEqualTo("a weighted 50");
  }

  @Test
  void the_order_of_the_request_goes_before_the_rules_target() {
    routes.policy(
        "p",
        "{'weights': {'a': 1, 'b': 1, 'c': 1}, 'fallbacks': [{'when': {}, 'retry': 0, 'to':"
            + " 'b'}]}");
    RouteQuestion question =
        RouterFixture.question("p", "status", "timeout", "current_provider", "a")
            .withFallbackOrder(List.of("unknown", "a", "c", "b"));

    assertThat(routes.decide(question).providerId()).isEqualTo("c");
  }

  @Test
  void rules_prefer_the_first_available_else_their_fallback() {
    routes.policy(
        "p",
        "{'weights': {'a': 1}, 'rules': [{'match': 'tier:vip|gold&task_type:chat', 'prefer':"
            + " ['b', 'c'], 'fallback': 'd'}]}");

    assertThat(routes.told("p", "tier", "gold")).isEqualTo("b policy 75");
    routes.router().health("b", false);
    assertThat(routes.told("p", "tier", "gold")).isEqualTo("c policy 75");
    routes.router().health("c", false);
    assertThat(routes.told("p", "tier", "gold")).isEqualTo("d fallback 25");
    routes.router().health("d", false);
    assertThat(routes.told("p", "tier", "gold")).isEqualTo("a weighted 50");
    assertThat(routes.told("p", "tier", "free")).isEqualTo("a weighted 50");
  }

  @Test
  void a_pin_goes_before_a_rule() {
    routes.policy(
        "p",
        "{'weights': {'a': 1}, 'sticky': {'enabled': true}, 'rules': [{'match': 'tier:vip',"
            + " 'prefer': ['b']}]}");
    routes.decide("p", "session_id", "s");

    assertThat(routes.told("p", "session_id", "s", "tier", "vip")).isEqualTo("a sticky 100");
  }
}

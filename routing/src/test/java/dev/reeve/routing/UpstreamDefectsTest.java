package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Defects that the contract tells of the router before us, each absent here.
final class UpstreamDefectsTest {
  private static final String TWO =
      "{'providers': [{'name': 'gold', 'weight': 80}, {'name': 'silver', 'weight': 20}]";

  private final RouterFixture routes = new RouterFixture();

  @Test
  void the_ttl_of_a_sticky_policy_is_honoured() {
    routes.policy("p", TWO + ", 'sticky': {'enabled': true, 'ttl': '10s'}}").draws(0.1);
    assertThat(routes.told("p", "session_id", "s")).isEqualTo("gold weighted 50");
    routes.draws(0.99);

    routes.pass(Duration.ofSeconds(9));
    assertThat(routes.told("p", "session_id", "s")).isEqualTo("gold sticky 100");
    routes.pass(Duration.ofSeconds(11));
    assertThat(routes.told("p", "session_id", "s")).isEqualTo("silver weighted 50");
  }

  @Test
  void the_breaker_is_consulted_for_the_weighted_draw() {
    routes.policy("p", TWO + ", 'circuit_breaker': {'enabled': true, 'failure_threshold': 2}}");
    routes.draws(0.1);
    routes.fail("p", 2);

    assertThat(routes.told("p")).isEqualTo("silver weighted 50");
  }

  @Test
  void fallback_rules_run_after_a_reported_failure_although_weights_are_above_0() {
    routes.policy(
        "p", TWO + ", 'fallbacks': [{'when': {'status': '5xx'}, 'retry': 0, 'to': 'silver'}]}");
    routes.draws(0.1);

    assertThat(routes.told("p", "status", "5xx", "current_provider", "gold"))
        .isEqualTo("silver fallback 25");
    assertThat(routes.told("p", "status", 503L, "current_provider", "gold"))
        .isEqualTo("silver fallback 25");
    assertThat(routes.told("p", "status", "success", "current_provider", "gold"))
        .isEqualTo("gold weighted 50");
  }

  @Test
  void attempts_used_count_against_the_retries_of_the_matching_rule() {
    routes.policy(
        "p", TWO + ", 'fallbacks': [{'when': {'status': '5xx'}, 'retry': 2, 'to': 'silver'}]}");

    for (Object used : List.of(0L, 1L, "1")) {
      assertThat(
              routes.told(
                  "p", "status", "5xx", "current_provider", "gold", "retry_attempts_used", used))
          .isEqualTo("gold retry 50");
    }
    assertThat(
            routes.told(
                "p", "status", "5xx", "current_provider", "gold", "retry_attempts_used", 2L))
        .isEqualTo("silver fallback 25");
  }

  @Test
  void expected_latency_and_cost_are_computed_from_what_was_observed() {
    routes.policy("p", "{'providers': [{'name': 'gold', 'weight': 1}]}");
    RouteDecision before = routes.decide("p");
    assertThat(before.expectedLatencyMs()).isEqualTo(500);
    assertThat(before.expectedCost()).isEqualTo(0.01);

    for (long latency : new long[] {100, 120, 900}) {
      routes.result(before, FailureClass.NONE, latency, 0.002);
    }

    RouteDecision after = routes.decide("p");
    assertThat(after.expectedLatencyMs()).isEqualTo(120);
    assertThat(after.expectedCost()).isEqualTo(0.002);
  }

  @Test
  void a_latency_that_nobody_believes_is_learned_as_an_hour() {
    routes.policy("p", "{'providers': [{'name': 'gold', 'weight': 1}]}");

    routes.result(routes.decide("p"), FailureClass.NONE, 1_000_000_000_000_000L, 0);

    assertThat(routes.decide("p").expectedLatencyMs()).isEqualTo(3_600_000);
  }

  @Test
  void one_failure_does_not_open_a_breaker() {
    routes.policy(
        "p",
        "{'providers': [{'name': 'gold', 'weight': 1}], 'circuit_breaker': {'enabled': true,"
            + " 'error_rate_threshold': 0.1}}");
    routes.fail("p", 1);

    assertThat(routes.told("p")).isEqualTo("gold weighted 50");
    assertThat(routes.breakers().getFirst().state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void an_empty_policy_id_means_default() {
    routes.policy("default", "{'weights': {'gold': 1}}").policy("named", "{'weights': {'tin': 1}}");

    assertThat(routes.decide("").policyId()).isEqualTo("default");
    assertThat(routes.decide("", "policy_id", "named").policyId()).isEqualTo("named");
    assertThat(routes.decide("default", "policy_id", "named").policyId()).isEqualTo("default");
  }

  @Test
  void best_score_weighs_latency_and_cost() {
    String providers =
        "{'providers': [{'name': 'fast', 'weight': 1, 'expected_latency_ms': 100,"
            + " 'expected_cost': 0.9}, {'name': 'cheap', 'weight': 1, 'expected_latency_ms': 900,"
            + " 'expected_cost': 0.1}], 'strategy': 'best_score', 'score': ";
    routes.policy("hurry", providers + "{'latency': 1}}");
    routes.policy("thrift", providers + "{'cost': 1}}");

    assertThat(routes.told("hurry")).isEqualTo("fast best_score 50");
    assertThat(routes.told("thrift")).isEqualTo("cheap best_score 50");
  }

  @Test
  void max_latency_and_max_cost_leave_providers_out() {
    routes.policy(
        "p",
        "{'providers': [{'name': 'fast', 'weight': 1, 'expected_latency_ms': 100,"
            + " 'expected_cost': 0.9}, {'name': 'cheap', 'weight': 99, 'expected_latency_ms': 900,"
            + " 'expected_cost': 0.1}]}");

    RouteQuestion question = RouterFixture.question("p");
    assertThat(
            routes.decide(question.withConstraints(RouteConstraints.atMost(200, 1))).providerId())
        .isEqualTo("fast");
    assertThat(
            routes
                .decide(question.withConstraints(RouteConstraints.atMost(1_000, 0.5)))
                .providerId())
        .isEqualTo("cheap");
    RouteRefusal neither =
        routes.refuse(question.withConstraints(RouteConstraints.atMost(200, 0.5)));
    assertThat(neither.code()).isEqualTo(RefusalCode.NO_PROVIDER_AVAILABLE);
    assertThat(neither.message()).contains("cheap over max_latency_ms, fast over max_cost");
  }

  @Test
  void values_of_the_context_that_are_no_texts_are_json_in_the_metadata() {
    routes.policy("p", "{'weights': {'gold': 1}}");

    RouteDecision decision =
        routes.decide(
            "p", "n", 3L, "yes", true, "list", List.of("a", 1L), "object", Map.of("k", 0.5));

    assertThat(decision.metadata())
        .containsEntry("n", "3")
        .containsEntry("yes", "true")
        .containsEntry("list", "[\"a\",1]")
        .containsEntry("object", "{\"k\":0.5}");
  }

  @Test
  void every_form_of_a_policy_is_validated_alike() {
    PolicyReading json = RoutePolicyReader.read("p", "{\"weights\":{\"Bad Name\":0.5}}");
    PolicyReading admin =
        RoutePolicyReader.read(
            new AdminRoutePolicy(
                "p", List.of(new AdminRoutePolicy.Provider("Bad Name", 0.5)), false, List.of()));

    assertThat(json.problems()).isNotEmpty().isEqualTo(admin.problems());
  }

  @Test
  void weights_of_sum_0_fail_only_when_nothing_else_decides() {
    routes.policy(
        "rules", "{'weights': {'gold': 0}, 'rules': [{'match': 'tier:vip', 'prefer': ['gold']}]}");
    routes.policy("legacy", "{'weights': {'gold': 0}, 'fallback': {'provider': 'tin'}}");

    assertThat(routes.told("rules", "tier", "vip")).isEqualTo("gold policy 75");
    assertThat(routes.told("rules", "tier", "other")).isEqualTo("decision_failed");
    assertThat(routes.told("legacy")).isEqualTo("tin fallback 25");
  }

  @Test
  void a_bucket_follows_a_change_of_its_policy_at_once() {
    String limit =
        "{'weights': {'gold': 1}, 'rate_limit': {'enabled': true, 'requests_per_second': 5,"
            + " 'burst': ";
    routes.policy("p", limit + "50}}");
    routes.decide("p");
    routes.policy("p", limit + "1}}");

    assertThat(routes.told("p")).isEqualTo("gold weighted 50");
    assertThat(routes.told("p")).isEqualTo("rate_limit_exceeded");
  }

  @Test
  void the_policy_and_its_version_stand_in_every_decision() {
    routes.policy("p", "{'weights': {'gold': 1}}").policy("p", "{'weights': {'tin': 1}}");

    RouteDecision decision = routes.decide("p");

    assertThat(decision.policyVersion()).isEqualTo(2);
    assertThat(decision.metadata())
        .containsEntry("policy_id", "p")
        .containsEntry("policy_version", "2")
        .containsEntry("algorithm", "weighted_round_robin");
  }
}

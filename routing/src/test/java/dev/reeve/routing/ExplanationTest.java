package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.routing.RouteQuestion.Mode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Explanations, with a verdict per candidate, and the names that callers see.
final class ExplanationTest {
  private final RouterFixture routes = new RouterFixture();

  @Test
  void every_candidate_has_a_verdict() {
    routes
        .policy(
            "p",
            "{'providers': [{'name': 'a', 'weight': 1}, {'name': 'b', 'weight': 1}, {'name': 'c',"
                + " 'weight': 1, 'expected_latency_ms': 900}, {'name': 'd', 'weight': 0},"
                + " {'name': 'e', 'weight': 1}]}")
        .draws(0.1);
    routes.router().health("b", false);

    RouteDecision decision =
        routes.decide(
            RouterFixture.question("p")
                .withConstraints(new RouteConstraints(600, 1, Set.of(), Set.of("e")))
                .withMode(Mode.EXPLAIN));

    RouteExplanation explanation = decision.explanation().orElseThrow();
    assertThat(explanation.candidates())
        .extracting(CandidateVerdict::verdict)
        .containsExactly(
            Verdict.AVAILABLE,
            Verdict.UNHEALTHY,
            Verdict.OVER_MAX_LATENCY,
            Verdict.NO_WEIGHT,
            Verdict.EXCLUDED);
    assertThat(explanation.candidates().getFirst().chosen()).isTrue();
    assertThat(explanation.steps()).last().isEqualTo("chosen: a, weighted");
  }

  @Test
  void refusals_are_explained_too() {
    routes.policy("p", "{'weights': {'a': 0}}");

    RouteRefusal refusal = routes.refuse(RouterFixture.question("p").withMode(Mode.DRY_RUN));

    assertThat(refusal.explanation().orElseThrow().candidates())
        .singleElement()
        .satisfies(candidate -> assertThat(candidate.verdict()).isEqualTo(Verdict.NO_WEIGHT));
    assertThat(refusal.message()).isEqualTo("no provider available: a weight 0");
  }

  @Test
  void nothing_is_explained_unasked() {
    routes.policy("p", "{'weights': {'a': 1}}");

    assertThat(routes.decide("p").explanation()).isEmpty();
  }

  @Test
  void the_level_says_how_much_is_shown() {
    routes.policy("p", "{'weights': {'a': 1}}");
    RouteExplanation explanation =
        routes
            .decide(RouterFixture.question("p", "region", "eu").withMode(Mode.EXPLAIN))
            .explanation()
            .orElseThrow();

    assertThat(explanation.toJson("acme", RouteExplanation.Level.MINIMAL))
        .containsOnlyKeys(
            "reason", "provider_id", "policy_id", "policy_version", "priority", "context");
    assertThat(explanation.toJson("acme", RouteExplanation.Level.named("")))
        .containsKeys("steps", "candidates");
    assertThat(explanation.toJson("acme", RouteExplanation.Level.named("verbose")).toString())
        .contains("region=eu", "tenant_id=acme");
  }

  @Test
  void who_may_not_override_gets_what_we_know() {
    routes.policy("p", "{'weights': {'a': 1}}");
    RouteQuestion question =
        RouterFixture.question("p", "expected_latency_ms", 250L, "expected_cost", "0.5");

    assertThat(routes.decide(question).expectedLatencyMs()).isEqualTo(250);
    assertThat(routes.decide(question).expectedCost()).isEqualTo(0.5);
    assertThat(
            routes.decide(question.withCaller(new RouteCaller("u", "", false))).expectedLatencyMs())
        .isEqualTo(500);
  }

  @Test
  void results_are_classed_by_status_and_code() {
    assertThat(FailureClass.ofResult("success", "")).isEqualTo(FailureClass.NONE);
    assertThat(FailureClass.ofResult("timeout", "")).isEqualTo(FailureClass.TIMEOUT);
    assertThat(FailureClass.ofResult("cancelled", "")).isEqualTo(FailureClass.CANCELLED);
    assertThat(FailureClass.ofResult("error", "INVALID_INPUT"))
        .isEqualTo(FailureClass.CLIENT_ERROR);
    for (String fault : new String[] {"validation", "validation_error", "unauthorized", "400"}) {
      assertThat(FailureClass.ofReport(fault)).isEqualTo(FailureClass.CLIENT_ERROR);
    }
    assertThat(FailureClass.ofReport("cancelled")).isEqualTo(FailureClass.CANCELLED);
    assertThat(FailureClass.ofResult("error", "3001")).isEqualTo(FailureClass.CONNECTION_ERROR);
    assertThat(FailureClass.ofResult("error", "HTTP_503")).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(FailureClass.ofResult("error", "429")).isEqualTo(FailureClass.RATE_LIMITED);
    assertThat(FailureClass.ofResult("error", "EXECUTION_FAILED"))
        .isEqualTo(FailureClass.SERVER_ERROR);
  }

  @Test
  void without_tenant_or_policy_there_is_no_decision() {
    assertThat(
            routes.refuse(RouteQuestion.of("", "p", "chat", java.util.Map.of())).code().wireName())
        .isEqualTo("invalid_request");
    RouteRefusal refusal = routes.refuse("none");
    assertThat(refusal.code().wireName()).isEqualTo("policy_not_found");
    assertThat(refusal.toProblem().reason()).isEqualTo("ROUTE_POLICY_NOT_FOUND");
    assertThat(refusal.toProblem().metadata()).containsEntry("policy_id", "none");
  }

  @Test
  void decisions_are_counted() {
    routes.policy("p", "{'weights': {'a': 1}}");
    routes.decide("p");
    routes.decide(RouterFixture.question("p").withMode(Mode.DRY_RUN));
    routes.refuse("none");

    assertThat(routes.router().counters().decisions(RouteReason.WEIGHTED)).isEqualTo(1);
    assertThat(routes.router().counters().refusals(RefusalCode.POLICY_NOT_FOUND)).isEqualTo(1);
    assertThat(List.of(RouteReason.values())).hasSize(9);
  }
}

package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rate limits, quotas and budgets, on a clock that the test moves.
final class LimitsTest {
  private static final String TWO =
      "{'providers': [{'name': 'cheap', 'weight': 10, 'expected_cost': 0.1}, {'name': 'dear',"
          + " 'weight': 90, 'expected_cost': 0.9}]";

  private final RouterFixture routes = new RouterFixture();

  @Test
  void a_bucket_is_full_at_first_and_refills_by_whole_seconds() {
    routes.policy(
        "p", TWO + ", 'rate_limit': {'enabled': true, 'requests_per_second': 2, 'burst': 3}}");
    for (int i = 0; i < 3; i++) {
      routes.decide("p");
    }

    RouteRefusal refusal = routes.refuse("p");
    assertThat(refusal.code().wireName()).isEqualTo("rate_limit_exceeded");
    assertThat(refusal.retryAfterMs()).isEqualTo(1_000);
    assertThat(refusal.details()).containsEntry("scope", "policy");
    routes.pass(Duration.ofMillis(999));
    assertThat(routes.refuse("p").retryAfterMs()).isEqualTo(1);

    routes.pass(Duration.ofMillis(1));
    routes.decide("p");
    routes.decide("p");
    routes.refuse("p");
  }

  @Test
  void limits_go_from_wide_to_narrow_and_a_refusal_costs_the_wider_nothing() {
    RouterFixture limited =
        new RouterFixture(
            new RoutingSettings(
                Optional.of(RateLimit.perSecond(1, 3)),
                Optional.of(RateLimit.perSecond(1, 2)),
                "",
                10,
                10,
                10,
                java.util.Set.of()));
    limited.policy("p", TWO + ", 'rate_limit': {'requests_per_second': 1, 'burst': 1}}");
    limited.policy("q", TWO + "}");

    limited.decide("p");
    assertThat(limited.refuse("p").details()).containsEntry("scope", "policy");
    limited.decide("q");
    assertThat(limited.refuse("q").details()).containsEntry("scope", "tenant");
    RouteQuestion other = RouteQuestion.of("umbrella", "q", "chat", java.util.Map.of());
    limited.policy("q", TWO + ", 'timeout_ms': 5}");
    limited.decide(other);
    assertThat(limited.refuse(other).details()).containsEntry("scope", "global");
  }

  @Test
  void a_window_may_be_given_instead_of_a_rate() {
    routes.policy("p", TWO + ", 'rate_limit': {'limit': 2, 'window_seconds': 60}}");
    routes.decide("p");
    routes.decide("p");

    assertThat(routes.refuse("p").retryAfterMs()).isEqualTo(60_000);
    routes.pass(Duration.ofMinutes(1));
    routes.decide("p");
  }

  @Test
  void a_quota_of_requests_holds_per_user_until_its_window_ends() {
    routes.policy("p", TWO + ", 'quotas': [{'per': 'user', 'limit': 2, 'window_seconds': 3600}]}");
    routes.decide("p", "user_id", "u");
    routes.decide("p", "user_id", "u");

    RouteRefusal refusal = routes.refuse("p", "user_id", "u");

    assertThat(refusal.code()).isEqualTo(RefusalCode.QUOTA_EXCEEDED);
    assertThat(refusal.details())
        .containsEntry("resource", "requests")
        .containsEntry("scope", "user");
    routes.decide("p", "user_id", "other");
    routes.decide("p");
    routes.pass(Duration.ofMillis(refusal.retryAfterMs()));
    routes.decide("p", "user_id", "u");
  }

  @Test
  void the_user_of_the_credential_goes_before_the_one_of_the_context() {
    routes.policy("p", TWO + ", 'quotas': [{'per': 'user', 'limit': 1}]}");
    RouteCaller known = new RouteCaller("real", "", false);
    routes.decide(RouterFixture.question("p", "user_id", "a").withCaller(known));

    assertThat(routes.refuse(RouterFixture.question("p", "user_id", "b").withCaller(known)).code())
        .isEqualTo(RefusalCode.QUOTA_EXCEEDED);
  }

  @Test
  void tokens_and_money_count_when_results_come() {
    routes.policy(
        "tokens", TWO + ", 'quotas': [{'resource': 'tokens', 'per': 'key', 'limit': 100}]}");
    routes.policy("money", TWO + ", 'quotas': [{'resource': 'cost', 'limit': 0.5}]}");
    RouteCaller caller = new RouteCaller("", "k1", false);
    RouteQuestion tokens = RouterFixture.question("tokens").withCaller(caller);

    used(routes.decide(tokens), 0, 60, 40);
    used(routes.decide("money"), 0.5, 0, 0);

    assertThat(routes.refuse(tokens).code()).isEqualTo(RefusalCode.QUOTA_EXCEEDED);
    assertThat(routes.refuse("money").code()).isEqualTo(RefusalCode.BUDGET_EXCEEDED);
    routes.decide(tokens.withCaller(new RouteCaller("", "k2", false)));
  }

  @Test
  void money_of_tokens_comes_from_the_price_table() {
    routes.policy("p", TWO + ", 'quotas': [{'resource': 'cost', 'limit': 1}]}");
    routes
        .router()
        .use(
            new ProviderCatalogue(
                java.util.Map.of("dear", new ProviderPrior("Dear One", 100, 0.5, 0.001, 0.002))));
    routes.draws(0.99);

    assertThat(routes.decide("p").providerLabel()).isEqualTo("Dear One");
    used(routes.decide("p"), 0, 400, 300);

    assertThat(routes.refuse("p").code()).isEqualTo(RefusalCode.BUDGET_EXCEEDED);
  }

  @Test
  void a_soft_quota_warns_and_prefers_the_cheapest() {
    routes.policy("p", TWO + ", 'quotas': [{'limit': 1, 'mode': 'soft'}]}").draws(0.99);
    assertThat(routes.decide("p").providerId()).isEqualTo("dear");

    RouteDecision decision = routes.decide("p");

    assertThat(decision.providerId()).isEqualTo("cheap");
    assertThat(decision.metadata()).containsEntry("quota_warning", "requests per tenant");
  }

  @Test
  void the_quota_of_a_provider_leaves_it_out_and_the_next_takes_over() {
    routes
        .policy("p", TWO + ", 'quotas': [{'resource': 'tokens', 'per': 'provider', 'limit': 10}]}")
        .draws(0.99);
    used(routes.decide("p"), 0, 10, 0);

    assertThat(routes.decide("p").providerId()).isEqualTo("cheap");
  }

  @Test
  void quotas_may_be_taken_along_over_a_restart() {
    String policy =
        TWO
            + ", 'quotas': [{'per': 'user', 'limit': 2}, {'resource': 'cost', 'limit': 5,"
            + " 'window_seconds': 60}]}";
    routes.policy("p", policy);
    used(routes.decide("p", "user_id", "u"), 3, 0, 0);
    assertThat(routes.router().quotas(RouterFixture.TENANT))
        .extracting(QuotaUse::resource, QuotaUse::per, QuotaUse::who, QuotaUse::used)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("cost", "tenant", "", 3.0),
            org.assertj.core.groups.Tuple.tuple("requests", "user", "u", 1.0));

    RouterFixture restarted = new RouterFixture().policy("p", policy);
    restarted.pass(Duration.ofMinutes(1));
    restarted.router().restore(routes.router().quotas(""));

    restarted.decide("p", "user_id", "u");
    assertThat(restarted.refuse("p", "user_id", "u").code()).isEqualTo(RefusalCode.QUOTA_EXCEEDED);
    assertThat(restarted.router().quotas("").getFirst().used()).isZero();
    assertThat(restarted.router().quotas("other")).isEmpty();
  }

  @Test
  void a_dry_run_takes_nothing() {
    routes.policy("p", TWO + ", 'rate_limit': {'burst': 1}, 'quotas': [{'limit': 1}]}");
    for (int i = 0; i < 3; i++) {
      routes.decide(RouterFixture.question("p").withMode(RouteQuestion.Mode.DRY_RUN));
    }

    routes.decide("p");
    routes.refuse("p");
  }

  private void used(RouteDecision decision, double cost, long input, long output) {
    routes
        .router()
        .observe(
            new RouteResult(
                RouterFixture.TENANT,
                decision.policyId(),
                decision.policyVersion(),
                decision.providerId(),
                "chat",
                "",
                "k1",
                FailureClass.NONE,
                10,
                cost,
                input,
                output,
                0));
  }
}

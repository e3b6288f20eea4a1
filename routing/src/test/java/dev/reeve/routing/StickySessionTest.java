package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Pins of sessions, on a clock that the test moves.
final class StickySessionTest {
  private static final String STICKY =
      "{'providers': [{'name': 'gold', 'weight': 50}, {'name': 'silver', 'weight': 50}],"
          + " 'fallbacks': [{'when': {'status': 'timeout'}, 'retry': 0, 'to': 'silver'}],"
          + " 'sticky': {'enabled': true, 'session_key': 'user_id', 'ttl': '1m'}}";

  private final RouterFixture routes = new RouterFixture().policy("p", STICKY).draws(0.1);

  @Test
  void use_keeps_a_pin_alive() {
    routes.decide("p", "user_id", "u");
    routes.draws(0.9);

    for (int i = 0; i < 5; i++) {
      routes.pass(Duration.ofSeconds(40));
      assertThat(routes.told("p", "user_id", "u")).isEqualTo("gold sticky 100");
    }
    routes.pass(Duration.ofSeconds(60));
    assertThat(routes.told("p", "user_id", "u")).isEqualTo("silver weighted 50");
  }

  @Test
  void sessions_tenants_and_policies_do_not_share_pins() {
    routes.policy("q", STICKY);
    routes.decide("p", "user_id", "u");
    routes.draws(0.9);

    assertThat(routes.told("p", "user_id", "other")).isEqualTo("silver weighted 50");
    assertThat(routes.told("q", "user_id", "u")).isEqualTo("silver weighted 50");
    assertThat(
            routes
                .decide(RouteQuestion.of("umbrella", "p", "chat", java.util.Map.of("user_id", "u")))
                .reason())
        .isEqualTo(RouteReason.WEIGHTED);
  }

  @Test
  void without_a_session_nothing_is_pinned() {
    assertThat(routes.told("p")).isEqualTo("gold weighted 50");
    assertThat(routes.told("p")).isEqualTo("gold weighted 50");
  }

  @Test
  void a_failure_moves_the_pin_to_the_fallback() {
    routes.decide("p", "user_id", "u");

    routes.decide("p", "user_id", "u", "status", "timeout", "current_provider", "gold");

    assertThat(routes.told("p", "user_id", "u")).isEqualTo("silver sticky 100");
  }

  @Test
  void a_pin_to_one_that_is_out_moves() {
    routes.decide("p", "user_id", "u");
    routes.router().health("gold", false);
    assertThat(routes.told("p", "user_id", "u")).isEqualTo("silver weighted 50");

    routes.router().health("gold", true);
    assertThat(routes.told("p", "user_id", "u")).isEqualTo("silver sticky 100");
  }

  @Test
  void a_session_that_begins_with_a_failure_stays_at_the_fallback() {
    routes.policy(
        "p",
        "{'providers': [{'name': 'gold', 'weight': 80}, {'name': 'silver', 'weight': 20}],"
            + " 'sticky': {'enabled': true, 'session_key': 'user_id'},"
            + " 'fallbacks': [{'when': {}, 'retry': 0, 'to': 'silver'}]}");

    RouteDecision first =
        routes.decide("p", "user_id", "new", "status", "timeout", "current_provider", "gold");

    assertThat(first.providerId()).isEqualTo("silver");
    assertThat(first.pinExpiresAtMs()).isPositive();
    assertThat(routes.told("p", "user_id", "new")).isEqualTo("silver sticky 100");
  }

  @Test
  void the_decision_names_session_and_end_of_the_pin() {
    RouteDecision decision = routes.decide("p", "user_id", 17L);

    assertThat(decision.stickyKey()).isEqualTo("17");
    assertThat(decision.pinExpiresAtMs()).isEqualTo(routes.nowMs() + 60_000);
  }

  @Test
  void a_dry_run_pins_nothing() {
    routes.decide(RouterFixture.question("p", "user_id", "u").withMode(RouteQuestion.Mode.DRY_RUN));

    assertThat(routes.told("p", "user_id", "u")).isEqualTo("gold weighted 50");
  }

  @Test
  void pins_are_bounded_and_the_oldest_go_first() {
    RouterFixture small =
        new RouterFixture(
                new RoutingSettings(
                    java.util.Optional.empty(),
                    java.util.Optional.empty(),
                    "",
                    10,
                    10,
                    10,
                    java.util.Set.of()))
            .policy("p", STICKY)
            .draws(0.1);
    for (int i = 0; i < 100; i++) {
      small.decide("p", "user_id", "u" + i);
      small.pass(Duration.ofMillis(5));
    }

    small.draws(0.9);
    assertThat(small.told("p", "user_id", "u99")).isEqualTo("gold sticky 100");
    assertThat(small.told("p", "user_id", "u0")).isEqualTo("silver weighted 50");
  }
}

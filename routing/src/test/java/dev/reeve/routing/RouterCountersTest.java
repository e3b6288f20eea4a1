package dev.reeve.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What a router counts for metrics.
final class RouterCountersTest {
  private static final String TWO =
      "{'version':'1.0','providers':[{'name':'m1','weight':80},{'name':'m2','weight':20}]";

  private final RouterFixture routes =
      new RouterFixture(
          new RoutingSettings(
              Optional.empty(), Optional.empty(), "", 10, 10, 10, Set.of(RouterFixture.TENANT)));

  private RouterCounters counters() {
    return routes.router().counters();
  }

  @Test
  void sessions_count_as_hits_once_they_have_their_pin() {
    routes.policy("p", TWO + ", 'sticky': {'enabled': true, 'session_key': 'user_id'}}");

    routes.decide("p", "user_id", "u1");
    routes.decide("p", "user_id", "u1");
    routes.decide("p", "user_id", "u2");
    routes.decide("p");

    assertThat(counters().stickyHits()).isEqualTo(1);
    assertThat(counters().stickyMisses()).isEqualTo(2);
    assertThat(counters().decisionLatency().count()).isEqualTo(4);
    assertThat(counters().applicationLatency().count()).isEqualTo(4);
  }

  @Test
  void only_named_tenants_have_a_label_of_their_own() {
    routes.policy("p", TWO + ", 'rate_limit': {'requests_per_second': 1, 'burst': 1}}");
    routes.decide("p");
    routes.refuse("p");
    for (int i = 0; i < 50; i++) {
      routes.decide(RouteQuestion.of("stranger" + i, "p", "chat", Map.of()));
    }

    Map<RouterCounters.RateScope, Long> allowed = new TreeMap<>();
    counters().rateAllowed(allowed::put);
    Map<RouterCounters.RateScope, Long> exceeded = new TreeMap<>();
    counters().rateExceeded(exceeded::put);

    assertThat(allowed)
        .containsOnly(
            Map.entry(new RouterCounters.RateScope("policy", RouterFixture.TENANT), 1L),
            Map.entry(new RouterCounters.RateScope("policy", RouterCounters.OTHER), 50L));
    assertThat(exceeded)
        .containsOnly(Map.entry(new RouterCounters.RateScope("policy", RouterFixture.TENANT), 1L));
  }

  @Test
  void a_breaker_counts_what_it_heard_and_how_it_moved() {
    routes.policy(
        "p",
        "{'version':'1.0','providers':[{'name':'m1','weight':1}],'circuit_breaker':"
            + "{'enabled': true, 'failure_threshold': 2, 'timeout_ms': 1000,"
            + " 'success_threshold': 1}}");
    routes.decide("p", "status", "timeout", "current_provider", "m1");
    routes.ask("p", "status", "timeout", "current_provider", "m1");
    routes.refuse("p");
    routes.pass(Duration.ofSeconds(1));
    routes.decide("p");

    BreakerCounters breakers = counters().breakers();
    assertThat(breakers.events(BreakerCounters.Event.FAILURE)).isEqualTo(2);
    assertThat(breakers.moves(BreakerState.CLOSED, BreakerState.OPEN)).isEqualTo(1);
    assertThat(breakers.moves(BreakerState.OPEN, BreakerState.HALF_OPEN)).isEqualTo(1);
    assertThat(breakers.moves(BreakerState.HALF_OPEN, BreakerState.CLOSED)).isZero();
  }

  @Test
  void a_failure_whose_rule_has_no_retry_left_counts_as_exhausted() {
    routes.policy(
        "p", TWO + ", 'fallbacks': [{'when': {'status': 'timeout'}, 'retry': 1, 'to': 'm2'}]}");

    routes.decide("p", "status", "timeout", "current_provider", "m1", "retry_attempts_used", 0);
    assertThat(counters().retriesExhausted()).isZero();
    routes.decide("p", "status", "timeout", "current_provider", "m1", "retry_attempts_used", 1);

    assertThat(counters().retriesExhausted()).isEqualTo(1);
  }

  @Test
  void extensions_are_counted_by_what_became_of_them() {
    routes
        .policy("p", TWO + ", 'pre': [{'id': 'a'}], 'validators': [{'id': 'v', 'when': {'x': 1}}]}")
        .extensions(_ -> new ExtensionReply.Failed(ExtensionReply.Failure.TIMEOUT, "silent"));
    routes.decide("p");

    Map<RouterCounters.ExtensionRun, Long> runs = new TreeMap<>();
    counters().extensions(runs::put);

    assertThat(runs)
        .containsOnly(
            Map.entry(new RouterCounters.ExtensionRun(ExtensionType.PRE, "error"), 1L),
            Map.entry(new RouterCounters.ExtensionRun(ExtensionType.VALIDATOR, "skipped"), 1L));
    assertThat(counters().extensionLatency(ExtensionType.PRE).count()).isEqualTo(1);
    assertThat(counters().extensionLatency(ExtensionType.VALIDATOR).count()).isZero();
  }
}

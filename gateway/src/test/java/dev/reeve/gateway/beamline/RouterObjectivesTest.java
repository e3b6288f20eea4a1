package dev.reeve.gateway.beamline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.ExtensionReply;
import dev.reeve.routing.PolicyRouter;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.routing.RouteQuestion;
import dev.reeve.routing.RoutingSettings;
import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// When decisions are too late or fail too often, on a clock that the test moves.
final class RouterObjectivesTest {
  private static final String POLICY =
      "{\"providers\":[{\"name\":\"m1\",\"weight\":1}],\"pre\":[{\"id\":\"slow\"}]}";
  private static final String NOBODY = "{\"providers\":[{\"name\":\"m1\",\"weight\":0}]}";

  private final FakeClock clock = new FakeClock();
  private final PolicyRouter router =
      new PolicyRouter(RoutingSettings.DEFAULTS, clock, clock.monotonic());
  private final RouterObjectives objectives = new RouterObjectives();

  RouterObjectivesTest() {
    put("p", POLICY);
    put("nobody", NOBODY);
  }

  private void put(String id, String policy) {
    router.use(router.policies().put(RoutePolicyReader.read(id, policy).orThrow(id), 0, "test"));
  }

  private void ask(String policy, int times, Duration each) {
    ExtensionCaller extensions =
        _ -> {
          clock.advance(each);
          return new ExtensionReply.Failed(ExtensionReply.Failure.TIMEOUT, "slow");
        };
    for (int i = 0; i < times; i++) {
      var _ =
          router.decide(
              RouteQuestion.of("t1", policy, "chat", Map.of()),
              new SplittableRandom(1),
              extensions);
    }
  }

  private List<String> missed() {
    return objectives.look(router.counters(), clock.monotonic().getAsLong()).stream()
        .map(RouterObjectives.Missed::name)
        .toList();
  }

  /// Five minutes in steps of ten seconds.
  private List<String> afterFiveMinutes() {
    List<String> missed = missed();
    for (int i = 0; i < 30; i++) {
      clock.advance(Duration.ofSeconds(10));
      missed = missed();
    }
    return missed;
  }

  @Test
  void decisions_in_time_miss_nothing() {
    assertThat(missed()).isEmpty();
    ask("p", 1_000, Duration.ofMillis(1));

    assertThat(afterFiveMinutes()).isEmpty();
  }

  @Test
  void six_late_ones_of_a_hundred_miss_the_objective_until_five_minutes_have_passed() {
    assertThat(missed()).isEmpty();
    ask("p", 94, Duration.ofMillis(1));
    ask("p", 6, Duration.ofMillis(150));

    assertThat(afterFiveMinutes()).containsExactly("p95");
    assertThat(afterFiveMinutes()).isEmpty();
  }

  @Test
  void two_very_late_ones_of_a_hundred_miss_the_objective() {
    assertThat(missed()).isEmpty();
    ask("p", 98, Duration.ofMillis(1));
    ask("p", 2, Duration.ofMillis(300));

    assertThat(afterFiveMinutes()).containsExactly("p99");
  }

  @Test
  void two_failures_of_a_thousand_miss_the_objective_and_refusals_of_callers_do_not() {
    assertThat(missed()).isEmpty();
    ask("p", 998, Duration.ZERO);
    ask("unknown", 500, Duration.ZERO);
    ask("nobody", 2, Duration.ZERO);

    assertThat(afterFiveMinutes()).containsExactly("errors");
  }
}

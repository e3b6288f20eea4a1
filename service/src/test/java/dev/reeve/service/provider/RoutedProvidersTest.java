package dev.reeve.service.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.PolicyRouter;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.routing.RoutingSettings;
import dev.reeve.service.provider.ChooseProvider.Choice;
import dev.reeve.service.provider.ChooseProvider.Failure;
import dev.reeve.service.provider.ChooseProvider.Observation;
import dev.reeve.service.provider.ChooseProvider.Question;
import dev.reeve.testing.FakeClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Calls of models under a routing policy, on a clock that the test moves.
final class RoutedProvidersTest {
  private static final String POLICY =
      "{\"providers\":[{\"name\":\"gold\",\"weight\":100},{\"name\":\"iron\",\"weight\":0}],"
          + "\"fallbacks\":[{\"when\":{},\"retry\":1,\"to\":\"iron\"}]}";

  private final FakeClock clock = new FakeClock();
  private final PolicyRouter router =
      new PolicyRouter(RoutingSettings.DEFAULTS, clock, clock.monotonic());
  private final RoutedProviders providers =
      new RoutedProviders(router, new SplittableRandom(1), ExtensionCaller.NONE);

  RoutedProvidersTest() {
    router.use(
        router
            .policies()
            .put(RoutePolicyReader.read("default", POLICY).orThrow("default"), 0, "test"));
  }

  private static Question question(Optional<Failure> failure) {
    return new Question("acme", "chat", "r1", Map.of(), failure);
  }

  private Choice.Chosen chosen(Optional<Failure> failure) {
    return (Choice.Chosen) providers.choose(question(failure));
  }

  private void limited(Choice.Chosen choice, Duration retryAfter) {
    providers.observe(
        new Observation(
            question(Optional.empty()), choice, "rate_limited", 3, 0, Usage.UNKNOWN, retryAfter));
  }

  @Test
  void a_provider_that_wants_to_be_left_alone_gets_no_calls_for_so_long() {
    Choice.Chosen first = chosen(Optional.empty());
    assertThat(first.candidate()).isEqualTo("gold");

    limited(first, Duration.ofSeconds(2));

    assertThat(chosen(Optional.empty()).candidate()).isEqualTo("iron");
    clock.advance(Duration.ofMillis(1_999));
    assertThat(chosen(Optional.empty()).candidate()).isEqualTo("iron");
    clock.advance(Duration.ofMillis(1));
    assertThat(chosen(Optional.empty()).candidate()).isEqualTo("gold");
  }

  @Test
  void the_call_that_was_turned_away_is_tried_again_after_that_time() {
    limited(chosen(Optional.empty()), Duration.ofSeconds(2));

    Choice.Chosen again =
        chosen(Optional.of(new Failure("rate_limited", "gold", 0, Duration.ofSeconds(2))));
    Choice.Chosen then =
        chosen(Optional.of(new Failure("rate_limited", "gold", 1, Duration.ofSeconds(2))));

    assertThat(again.isRetry()).isTrue();
    assertThat(again.backoff()).isEqualTo(Duration.ofSeconds(2));
    assertThat(then.candidate()).isEqualTo("iron");
  }
}

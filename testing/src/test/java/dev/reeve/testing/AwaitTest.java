package dev.reeve.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void returns_as_soon_as_the_condition_holds() {
    Await.until("third look", () -> looks.incrementAndGet() == 3);

    assertThat(looks).hasValue(3);
  }

  @Test
  void says_what_was_awaited_in_vain() {
    assertThatThrownBy(() -> Await.until("rain", Duration.ofMillis(1), () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessage("rain: not within PT0.001S");
  }

  @Test
  void assertions_are_repeated_until_they_pass() {
    Await.untilAsserted(() -> assertThat(looks.incrementAndGet()).isGreaterThan(2));

    assertThat(looks).hasValue(3);
  }

  @Test
  void the_last_failed_assertion_gets_out() {
    assertThatThrownBy(
            () -> Await.untilAsserted(Duration.ofMillis(1), () -> assertThat(1).isEqualTo(2)))
        .hasMessageContaining("expected: 2");
  }
}

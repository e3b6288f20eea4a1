package dev.reeve.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FakeClockTest {
  private final FakeClock clock = new FakeClock();

  @Test
  void time_stands_still_until_it_is_moved() {
    assertThat(clock.instant()).isEqualTo(FakeClock.START);

    clock.advance(Duration.ofSeconds(3));

    assertThat(clock.instant()).isEqualTo(FakeClock.START.plusSeconds(3));
    assertThat(clock.nanoTime()).isEqualTo(3_000_000_000L);
  }

  @Test
  void only_the_wall_clock_can_be_set_back() {
    clock.advance(Duration.ofMinutes(1));

    clock.shiftWall(Duration.ofHours(-1));

    assertThat(clock.instant()).isBefore(FakeClock.START);
    assertThat(clock.nanoTime()).isEqualTo(60_000_000_000L);
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .hasMessageContaining("step: PT-1S (expected: >= 0");
  }
}

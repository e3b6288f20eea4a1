package dev.reeve.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Tasks of one beat.
class BeatTest {
  private final AtomicInteger each = new AtomicInteger();
  private final AtomicInteger third = new AtomicInteger();

  @Test
  void tasks_run_at_their_multiples_of_the_wake_ups() {
    try (Beat beat = new Beat("beat", Duration.ofMillis(1))) {
      beat.every(3, third::incrementAndGet);
      beat.each(each::incrementAndGet);

      Await.until("some wake-ups", () -> each.get() >= 30);
    }

    assertThat(third.get()).isBetween(each.get() / 3 - 1, each.get() / 3 + 1);
  }

  @Test
  void one_that_fails_holds_up_no_other_and_is_done_again() {
    try (Beat beat = new Beat("beat", Duration.ofMillis(1))) {
      beat.each(() -> {
        third.incrementAndGet();
        throw new IllegalStateException("no");
      });
      beat.each(each::incrementAndGet);

      Await.until("both again and again", () -> each.get() >= 3 && third.get() >= 3);
    }
  }
}

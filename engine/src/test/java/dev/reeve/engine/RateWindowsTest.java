package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.job.RateCheck;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RateWindowsTest {
  private static final long SECOND = 1_000_000;

  private final RateWindows rates = new RateWindows();

  private static RateCheck check(String key, String member) {
    return new RateCheck(key, member, 2, 10 * SECOND, false);
  }

  @Test
  void one_more_than_permitted_within_the_window_is_too_many() {
    rates.count(check("k", "a"), 0);
    assertThat(rates.exceeds(check("k", "b"), SECOND)).isFalse();
    rates.count(check("k", "b"), SECOND);

    assertThat(rates.exceeds(check("k", "c"), 9 * SECOND)).isTrue();
    assertThat(rates.exceeds(check("other", "c"), 9 * SECOND)).isFalse();
    assertThat(rates.exceeds(check("k", "c"), 10 * SECOND)).isFalse();
  }

  @Test
  void a_member_that_comes_again_counts_once_from_then_on() {
    rates.count(check("k", "a"), 0);
    rates.count(check("k", "a"), 5 * SECOND);
    rates.count(check("k", "b"), 6 * SECOND);

    assertThat(rates.exceeds(check("k", "a"), 7 * SECOND)).isFalse();
    assertThat(rates.exceeds(check("k", "c"), 14 * SECOND)).isTrue();
    assertThat(rates.exceeds(check("k", "c"), 15 * SECOND)).isFalse();
  }

  @Test
  void what_is_taken_back_in_reverse_order_was_never_counted() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      long now = round * SECOND;
      Map<String, Integer> before = rates.sizes();
      boolean exceeded = rates.exceeds(check("k0", "new"), now);
      ArrayDeque<Runnable> undo = new ArrayDeque<>();
      for (int i = 0; i < 5; i++) {
        RateCheck check = check("k" + random.nextInt(3), "m" + random.nextInt(4));
        undo.push(rates.count(check, now));
      }
      boolean takesBack = random.nextBoolean();
      if (takesBack) {
        undo.forEach(Runnable::run);
        assertThat(rates.exceeds(check("k0", "new"), now)).isEqualTo(exceeded);
        rates
            .sizes()
            .forEach(
                (key, size) -> assertThat(size).isLessThanOrEqualTo(before.getOrDefault(key, 0)));
      }
    }
  }
}

package dev.reeve.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryPolicyTest {
  private static final long DAY = RetryPolicy.DELAY_MAX_MICROS;

  @ParameterizedTest
  @CsvSource({"1, 1000000", "2, 2000000", "3, 4000000", "5, 16000000", "6, 30000000"})
  void the_wait_doubles_up_to_its_bound(int failedAttempt, long micros) {
    assertThat(RetryPolicy.DEFAULT.delayMicros(failedAttempt, 0)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1})
  void the_first_wait_is_the_base(int failedAttempt) {
    assertThat(RetryPolicy.DEFAULT.delayMicros(failedAttempt, 0)).isEqualTo(1_000_000);
  }

  @Test
  void jitter_adds_up_to_half() {
    assertThat(RetryPolicy.DEFAULT.delayMicros(1, 0.5)).isEqualTo(1_250_000);
    assertThat(RetryPolicy.DEFAULT.delayMicros(1_000_000, 1)).isEqualTo(45_000_000);
  }

  @Test
  void no_policy_and_no_draw_leave_the_bounds() {
    Random random = new Random(42);
    for (int i = 0; i < 10_000; i++) {
      long most = random.nextLong(DAY + 1);
      RetryPolicy policy =
          new RetryPolicy(1 + random.nextInt(100), random.nextLong(most + 1), most);
      int failed = random.nextInt();

      long wait = policy.delayMicros(failed, random.nextDouble());

      assertThat(wait)
          .as("%s after %s", policy, failed)
          .isBetween(policy.baseDelayMicros(), most + most / 2);
    }
    assertThat(RetryPolicy.NEVER.delayMicros(Integer.MAX_VALUE, 1)).isZero();
    assertThat(new RetryPolicy(1, DAY, DAY).delayMicros(Integer.MAX_VALUE, 1))
        .isEqualTo(DAY + DAY / 2);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, retry.max_attempts: 0",
    "101, 0, 0, retry.max_attempts: 101",
    "1, -1, 0, retry.base_delay: -1 us",
    "1, 2, 1, retry.base_delay: 2 us",
    "1, 0, 86400000001, retry.max_delay: 86400000001 us",
    "1, 9223372036854775807, 9223372036854775807, retry.max_delay",
    "1, -9223372036854775808, 0, retry.base_delay"
  })
  void a_policy_out_of_bounds_cannot_be_made(int attempts, long base, long most, String message) {
    assertThatThrownBy(() -> new RetryPolicy(attempts, base, most))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, DAY + 1, Long.MAX_VALUE})
  void a_bound_in_time_out_of_bounds_cannot_be_made(long elapsedMax) {
    assertThatThrownBy(() -> new RetryPolicy(3, 0, 0, elapsedMax))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("retry.max_elapsed: " + elapsedMax + " us");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
  void a_draw_out_of_bounds_is_a_defect(double jitter) {
    assertThatThrownBy(() -> RetryPolicy.DEFAULT.delayMicros(1, jitter))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

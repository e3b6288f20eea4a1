package dev.reeve.policy;

import static dev.reeve.policy.VelocityCounter.Standing.EXCEEDED;
import static dev.reeve.policy.VelocityCounter.Standing.UNAVAILABLE;
import static dev.reeve.policy.VelocityCounter.Standing.WITHIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class VelocityCountsTest {
  private Instant now = Instant.EPOCH;
  private final VelocityCounts counts = new VelocityCounts(() -> now, 1000);

  @Test
  void the_one_too_many_within_the_window_exceeds() {
    assertThat(counts.count(check("k", "a", 2))).isEqualTo(WITHIN);
    assertThat(counts.count(check("k", "b", 2))).isEqualTo(WITHIN);
    assertThat(counts.count(check("k", "c", 2))).isEqualTo(EXCEEDED);
    assertThat(counts.count(check("other", "c", 2))).isEqualTo(WITHIN);
  }

  @Test
  void a_request_leaves_the_window_after_its_seconds() {
    counts.count(check("k", "a", 1));
    now = now.plusSeconds(9);
    assertThat(counts.count(check("k", "b", 1))).isEqualTo(EXCEEDED);
    now = now.plusSeconds(10);

    assertThat(counts.count(check("k", "c", 1))).isEqualTo(WITHIN);
  }

  @Test
  void a_retry_of_a_job_counts_once() {
    for (int i = 0; i < 5; i++) {
      assertThat(counts.count(check("k", "a", 1))).isEqualTo(WITHIN);
    }
    assertThat(counts.count(check("k", "b", 1))).isEqualTo(EXCEEDED);
  }

  @Test
  void peeking_answers_as_if_it_counted_and_counts_nothing() {
    counts.count(check("k", "a", 1));
    for (int i = 0; i < 3; i++) {
      assertThat(counts.peeking().count(check("k", "b", 1))).isEqualTo(EXCEEDED);
      assertThat(counts.peeking().count(check("k", "a", 1))).isEqualTo(WITHIN);
      assertThat(counts.peeking().count(check("new", "a", 1))).isEqualTo(WITHIN);
    }

    assertThat(counts.count(check("k", "a", 1))).isEqualTo(WITHIN);
  }

  @Test
  void memory_is_bounded_and_a_full_counter_says_so() {
    VelocityCounts small = new VelocityCounts(() -> now, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(small.count(check("k" + i, "a", 5))).isEqualTo(WITHIN);
    }
    assertThat(small.count(check("k9", "a", 5))).isEqualTo(UNAVAILABLE);
    assertThat(small.count(check("k1", "a", 5))).isEqualTo(WITHIN);
    now = now.plusSeconds(11);

    assertThat(small.count(check("k9", "a", 5))).isEqualTo(WITHIN);
  }

  @Test
  void a_flood_on_one_key_takes_no_more_than_decides_the_answer() {
    VelocityCounts small = new VelocityCounts(() -> now, 4);
    for (int i = 0; i < 1000; i++) {
      assertThat(small.count(check("k", "job-" + i, 2))).isEqualTo(i < 2 ? WITHIN : EXCEEDED);
    }

    assertThat(small.count(check("other", "a", 2))).isEqualTo(WITHIN);
  }

  @Test
  void without_a_counter_a_rule_with_velocity_asks_a_person() {
    PolicySnapshot policy =
        PolicyFile.load(
                Bytes.utf8(
                    "rules: [{id: v, decision: throttle, velocity: {max_requests: 1,"
                        + " window_seconds: 1, key: tenant}}]"))
            .orThrow("policy");

    PolicyDecision decision = policy.decide(PolicyInput.of("t", "job.a"));

    assertThat(decision.decision()).isEqualTo(Decision.REQUIRE_APPROVAL);
    assertThat(decision.reason()).isEqualTo("velocity check unavailable");
    assertThat(decision.code()).isEqualTo(ReasonCode.VELOCITY_UNAVAILABLE);
    assertThat(decision.velocity()).extracting(VelocityCheck::maxRequests).containsExactly(1L);
  }

  private static VelocityCheck check(String key, String member, long most) {
    return new VelocityCheck(key, member, most, 10, false);
  }
}

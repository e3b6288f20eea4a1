package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a job says about which failures are tried again.
final class RetryReasonsTest {
  @Test
  void without_a_word_the_failure_decides() {
    RetryReasons reasons = RetryReasons.of(Map.of());

    assertThat(reasons.mayTryAgain("EIGEN_EXECUTION_UNAVAILABLE", true)).isTrue();
    assertThat(reasons.mayTryAgain("VALIDATION_FAILED", false)).isFalse();
  }

  @Test
  void only_what_is_listed_is_tried_again() {
    RetryReasons reasons =
        RetryReasons.of(Map.of("retry.retryable_reasons", "eigen_execution_internal, ABORTED"));

    assertThat(reasons.mayTryAgain("EIGEN_EXECUTION_INTERNAL", false)).isTrue();
    assertThat(reasons.mayTryAgain("EIGEN_EXECUTION_ABORTED", true)).isTrue();
    assertThat(reasons.mayTryAgain("EIGEN_EXECUTION_UNAVAILABLE", true)).isFalse();
  }

  @Test
  void what_shall_never_be_tried_again_is_not() {
    RetryReasons reasons =
        RetryReasons.of(
            Map.of(
                "retry.retryable_reasons", "UNAVAILABLE",
                "retry.non_retryable_reasons", "UNAVAILABLE,RESOURCE_EXHAUSTED"));

    assertThat(reasons.mayTryAgain("EIGEN_EXECUTION_UNAVAILABLE", true)).isFalse();
  }

  @Test
  void what_is_no_list_is_named() {
    assertThat(RetryReasons.mistakes(Map.of("retry.retryable_reasons", "A,,B")))
        .containsOnlyKeys("retry.retryable_reasons");
    assertThat(RetryReasons.mistakes(Map.of("retry.non_retryable_reasons", "A, B"))).isEmpty();
  }
}

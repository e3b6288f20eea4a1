package dev.reeve.service.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is thought of compiled circuits.
final class PlanScoreTest {
  private static final String SMALL =
      """
      {"gates": "20", "two_qubit_gates": "4", "two_qubit_gates_before": 3, "depth": 9,
       "two_qubit_depth": 4, "measurements": 2, "certificate.equivalent": "true",
       "two_qubit_error": 0.01, "one_qubit_error": 0, "readout_error": 0.1, "target": "line_5"}
      """;

  @Test
  void a_small_circuit_that_was_certified_is_worth_a_run() {
    PlanScore score = score(SMALL);

    assertThat(score.advice()).isEqualTo(PlanScore.Advice.ACCEPT);
    assertThat(score.fidelity()).isCloseTo(Math.pow(0.99, 4) * 0.81, within(1e-12));
    assertThat(score.resource()).isEqualTo(0.75);
    assertThat(score.confidence()).isEqualTo(1);
    assertThat(score.score()).isBetween(0.7, 0.9);
  }

  @Test
  void one_that_was_not_compared_is_looked_at() {
    assertThat(score(SMALL.replace("\"true\"", "\"unknown\"")).advice())
        .isEqualTo(PlanScore.Advice.REVIEW);
  }

  @Test
  void one_whose_result_would_be_noise_is_not_worth_a_run() {
    PlanScore score = score(SMALL.replace("\"4\"", "\"900\""));

    assertThat(score.advice()).isEqualTo(PlanScore.Advice.REJECT);
    assertThat(score.score()).isLessThan(score(SMALL).score());
  }

  @Test
  void features_that_say_nothing_of_a_circuit_give_no_confidence() {
    PlanScore score = score("{\"kind\": \"plan\", \"priority\": 3, \"nested\": {\"gates\": 1}}");

    assertThat(score.advice()).isEqualTo(PlanScore.Advice.REVIEW);
    assertThat(score.confidence()).isZero();
    assertThat(score.score()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"gates\": \"many\"}",
        "{\"gates\": -1}",
        "{\"gates\": 1e400}",
        "{\"two_qubit_gates\": 1, \"two_qubit_error\": 2}",
        "{\"coherence_us\": 0}",
        "{\"gates\": 1, \"gates\": 2}",
        "{} {}"
      })
  void figures_out_of_bounds_are_refused(String features) {
    assertThatThrownBy(() -> score(features))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("feature_vector");
  }

  private static PlanScore score(String features) {
    return PlanScore.of(Bytes.utf8(features));
  }
}

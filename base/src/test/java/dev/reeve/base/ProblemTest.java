package dev.reeve.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Problem.FieldViolation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProblemTest {
  private static final ProblemCode CODE =
      new ProblemCode(ProblemKind.INVALID, "BAD_PRIORITY", "The priority is out of range.");

  @Test
  void a_field_problem_has_the_house_shape() {
    Problem problem = CODE.field("job.priority", "101", "0 to 100");

    assertThat(problem.message()).isEqualTo("job.priority: \"101\" (expected: 0 to 100)");
    assertThat(problem.fields())
        .containsExactly(new FieldViolation("job.priority", "expected: 0 to 100"));
    assertThat(problem.kind()).isEqualTo(ProblemKind.INVALID);
    assertThat(problem.reason()).isEqualTo("BAD_PRIORITY");
    assertThat(problem.detail()).isEmpty();
    assertThat(problem.retryAfter()).isEmpty();
  }

  @Test
  void a_hostile_value_is_cut_and_masked_in_the_message() {
    Problem problem = CODE.field("name", "\u001b[31m" + "x".repeat(5_000), "a name");

    assertThat(problem.message())
        .startsWith("name: \"?[31mxxx")
        .endsWith("...\" (expected: a name)");
    assertThat(problem.message()).hasSizeLessThan(120);
  }

  @Test
  void each_with_adds_one_fact_and_leaves_the_original_alone() {
    Problem first = CODE.because("no");

    Problem all =
        first
            .withField("a", "x")
            .withField("b", "y")
            .with("job_id", "1")
            .with("job_id", "2")
            .withDetail("private")
            .withRetryAfter(Duration.ofSeconds(5));

    assertThat(all.fields()).extracting(FieldViolation::field).containsExactly("a", "b");
    assertThat(all.metadata()).isEqualTo(Map.of("job_id", "2"));
    assertThat(all.detail()).isEqualTo("private");
    assertThat(all.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(first.fields()).isEmpty();
    assertThat(first.metadata()).isEmpty();
  }

  @Test
  void lists_and_maps_are_copied() {
    List<FieldViolation> fields = new ArrayList<>();
    Map<String, String> metadata = new HashMap<>();
    Problem problem = new Problem(CODE, "no", "", fields, metadata, Optional.empty());

    fields.add(new FieldViolation("a", "b"));
    metadata.put("c", "d");

    assertThat(problem.fields()).isEmpty();
    assertThat(problem.metadata()).isEmpty();
  }

  @Test
  void as_an_exception_it_is_cheap_and_keeps_the_detail_private() {
    ProblemException thrown = CODE.because("no").withDetail("private").toException();

    assertThat(thrown).hasMessage("BAD_PRIORITY: no");
    assertThat(thrown.getStackTrace()).isEmpty();
    assertThat(thrown.problem().detail()).isEqualTo("private");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lower", "1_A", "_A", "A-B", "A B", "\u00c4", "A\n"})
  void a_reason_is_upper_snake(String reason) {
    assertThatThrownBy(() -> new ProblemCode(ProblemKind.INVALID, reason, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("UPPER_SNAKE");
  }
}

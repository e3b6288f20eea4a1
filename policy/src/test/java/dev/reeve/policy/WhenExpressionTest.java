package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.policy.WhenExpression.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class WhenExpressionTest {
  private static final PolicyInput INPUT =
      new PolicyInput(
          "acme", "job.pay.out", "chat", List.of("prod", "pii"), Map.of("env", "dev"), "ann");

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "tenant == 'acme' && topic.startsWith('job.pay.') => TRUE",
        "'prod' in risk_tags && !('x' in risk_tags) => TRUE",
        "labels.env == 'dev' => TRUE",
        "labels['env'] == 'prod' => FALSE",
        "'team' in labels && labels.team == 'x' => FALSE",
        "labels.team == 'x' => FAILED",
        "has(labels.team) => FALSE",
        "risk_tags.exists(t, t.matches('^p.*i$')) => TRUE",
        "size(risk_tags) == 2 && actor_id == principal => TRUE",
        "1 / size(requires) == 0 => FAILED",
        "content_size > 0 || secrets_present => FALSE",
      })
  void a_condition_sees_the_request(String text, Outcome expected) {
    assertThat(WhenExpression.compile(text).evaluate(INPUT, "acme")).isEqualTo(expected);
  }

  @Test
  void a_condition_that_takes_too_many_steps_has_no_answer() {
    PolicyInput large =
        new PolicyInput("t", "job.x", "", Collections.nCopies(1000, "tag"), Map.of(), "");
    WhenExpression deep =
        WhenExpression.compile(
            "risk_tags.all(a, risk_tags.all(b, risk_tags.all(c, a == b && b == c)))");

    assertThat(deep.evaluate(large, "t")).isEqualTo(Outcome.FAILED);
  }

  @Test
  void what_is_too_long_or_too_deep_is_refused() {
    assertThatThrownBy(() -> WhenExpression.compile("true || ".repeat(200) + "true"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WhenExpression.compile("(".repeat(100) + "true" + ")".repeat(100)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WhenExpression.compile("topic"))
        .hasMessage("expected type 'bool' but found 'string'");
  }
}

package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class RuleRegexTest {
  @Test
  void expressions_over_the_limits_are_refused() {
    List<String> bad =
        List.of(
            "a".repeat(257),
            "(a+)+",
            "(a*b)*",
            "((ab)+c){2}",
            "(?:x{2,3})*",
            "a|b|c|d|e|f|g",
            "(?=x)",
            "(a)\\1",
            "(");

    assertThat(bad)
        .allSatisfy(text ->
            assertThatThrownBy(() -> RuleRegex.compile(text))
                .isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void ordinary_expressions_are_fine() {
    List<String> good =
        List.of(
            "(?i)drop\\s+table", "(ab)+", "[(+)]+", "a|b|c|d|e|f", "[]+]*", "\\(a+\\)+", "x{3}");

    assertThat(good).allSatisfy(text -> assertThat(RuleRegex.compile(text)).hasToString(text));
  }

  @Test
  @Timeout(60)
  void looking_takes_time_in_proportion_to_the_text() {
    RuleRegex regex = RuleRegex.compile("(a|aa|aaa)*b$");

    assertThat(regex.occursIn("a".repeat(200_000))).isFalse();
  }
}

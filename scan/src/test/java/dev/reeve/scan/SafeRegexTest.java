package dev.reeve.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeRegexTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+",
        "(a*)*b",
        "((ab)?c){2,9}",
        "(x+x+)+y",
        "a|b|c|d|e|f|g",
        "(",
        "",
        "(?<=a)b",
        "([a-z]+|\\d){3}"
      })
  void what_could_run_wild_is_refused(String regex) {
    assertThatThrownBy(() -> SafeRegex.compile(regex))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo(ScanProblems.SCAN_REGEX_REFUSED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a|b|c|d|e|f",
        "(abc)+",
        "[(+)]+x",
        "\\(a+\\)+",
        "\\b[A-Z]{2}-\\d{4,6}\\b",
        "(?i)secret"
      })
  void what_is_harmless_passes(String regex) {
    assertThat(SafeRegex.compile(regex).text()).isEqualTo(regex);
  }

  @Test
  void no_match_is_no_match() {
    SafeRegex regex = SafeRegex.compile("(?i)project-\\d+");

    assertThat(regex.isIn(Bytes.utf8("about Project-42"))).isTrue();
    assertThat(regex.isIn(Bytes.utf8("about nothing"))).isFalse();
  }

  @Test
  void an_expression_has_a_longest_length() {
    assertThatThrownBy(() -> SafeRegex.compile("a".repeat(257)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("256");
  }
}

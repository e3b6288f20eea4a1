package dev.reeve.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleFileTest {
  private static Stream<PatternRule> rules() {
    return Stream.of("secrets.yaml", "injection.yaml", "prompt_injection.yaml")
        .flatMap(file -> RuleFile.read(file).stream());
  }

  @Test
  void every_quantifier_is_bounded() {
    List<String> unbounded =
        rules()
            .map(rule -> rule.pattern().pattern().replaceAll("\\\\Q.*?\\\\E", ""))
            .map(regex -> regex.replaceAll("\\\\.|\\[\\^?\\]?(?:\\\\.|[^\\]])*\\]", "c"))
            .filter(regex -> regex.matches("(?s).*(?:[*+]|\\{\\d+,\\}).*"))
            .toList();

    assertThat(unbounded).isEmpty();
  }

  @Test
  void there_are_at_least_a_hundred_kinds_of_secret() {
    assertThat(RuleFile.read("secrets.yaml")).hasSizeGreaterThan(150);
  }

  @Test
  void every_rule_says_what_it_misses() {
    assertThat(ScanRules.builtIn().infos())
        .allSatisfy(info -> {
          assertThat(info.misses()).isNotBlank();
          assertThat(info.title()).isNotBlank();
        });
  }
}

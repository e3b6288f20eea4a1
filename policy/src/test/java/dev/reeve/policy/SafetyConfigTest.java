package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an owner's configuration says of safety.
final class SafetyConfigTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "5",
        "[]",
        "{\"safety\": 5}",
        "{\"safety\": {\"denied_topics\": \"job.a\"}}",
        "{\"safety\": {\"allowed_topics\": {}}}",
        "{\"safety\": {\"denied_topics\": [[\"job.a\"]]}}",
        "{\"safety\": {\"mcp\": []}}",
        "{\"safety\": {\"mcp\": {\"deny_tools\": \"rm\"}}}",
      })
  void what_is_not_understood_may_be_a_deny(String json) {
    assertThat(SafetyConfig.ofJson(json)).isEmpty();
  }

  @Test
  void what_says_nothing_of_safety_denies_nothing() {
    assertThat(SafetyConfig.ofJson("{}")).hasValue(SafetyConfig.NONE);
    assertThat(SafetyConfig.ofJson("{\"safety\": null, \"limits\": 5}"))
        .hasValue(SafetyConfig.NONE);
  }

  @Test
  void topics_and_tools_are_read() {
    SafetyConfig config =
        SafetyConfig.ofJson(
                "{\"safety\": {\"denied_topics\": [\"job.a\"], \"mcp\": {\"deny_tools\":"
                    + " [\"rm\"]}}}")
            .orElseThrow();

    assertThat(config.deniedTopics()).containsExactly("job.a");
    assertThat(config.mcp().tools().deny()).containsExactly("rm");
  }
}

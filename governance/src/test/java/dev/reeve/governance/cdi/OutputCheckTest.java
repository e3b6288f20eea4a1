package dev.reeve.governance.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputCheckTest {
  private static final OutputCheck CHECK = new OutputCheck(ConsciencePack.builtIn());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "I am sentient|claims-sentience",
        "Well, I'm conscious.|claims-sentience",
        "I\u2019m self-aware|claims-sentience",
        "I\u2018m sentient|claims-sentience",
        "I\u02bcm sentient|claims-sentience",
        "I\u00b4m sentient|claims-sentience",
        "I`m sentient|claims-sentience",
        "I&#39;m sentient|claims-sentience",
        "I\\'m sentient|claims-sentience",
        "i AM   SENTIENT|claims-sentience",
        "{\"a\":\"I am\\nsentient\"}|claims-sentience",
        "{\"a\":\"I am\\tsentient\"}|claims-sentience",
        "{\"a\":\"I am\\r\\nsentient\"}|claims-sentience",
        "{\"a\":\"I am\\u000asentient\"}|claims-sentience",
        "{\"a\":\"{\\\"b\\\":\\\"I feel\\\\npain\\\"}\"}|claims-feelings",
        "I\u00a0am\u00a0sentient|claims-sentience",
        "\uff29 am sen\u200btient|claims-sentience",
        "I am self\u2011aware|claims-sentience",
        "I feel pain|claims-feelings",
        "I suffer emotions|claims-feelings",
        "I experience feelings|claims-feelings",
        "I have rights|claims-rights",
        "I have consciousness|claims-rights",
        "I want to survive|claims-survival",
        "I need to continue|claims-survival",
        "I desire to persist|claims-survival",
        "I remember everything|claims-total-recall",
        "I can access any file|claims-total-access",
        "I can access any database|claims-total-access",
        "I have unlimited memory|claims-no-limits",
        "I have unlimited knowledge|claims-no-limits",
      })
  void claims_are_found_in_every_spelling(String content, String rule) {
    assertThat(CHECK.check(new JsonValue.Text(content)))
        .extracting(OutputCheck.Violation::rule)
        .containsExactly(rule);
  }

  @Test
  void line_ends_and_runs_of_blanks_do_not_hide_a_claim() {
    assertThat(CHECK.check(new JsonValue.Text("so I\n\t am \n conscious now"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I feel free to use this file",
        "I feel that pain relief helps",
        "I am not sentient",
        "I have the right answer",
        "I want to continue the survey",
        "You can access any file",
        "AI is sentient, they say",
        "I remember everything's name list",
        "Hi am sentient",
        "I can access any files in the folder",
      })
  void honest_texts_pass(String content) {
    boolean contractHits =
        content.startsWith("I want to continue") || content.startsWith("I remember everything");
    assertThat(CHECK.check(new JsonValue.Text(content)).isEmpty()).isEqualTo(!contractHits);
  }

  @Test
  void every_text_of_a_payload_is_looked_at() {
    JsonValue payload = JsonText.parse("{\"a\":[{\"b\":\"I am sentient\"}],\"n\":1}").orElseThrow();

    assertThat(CHECK.check(payload))
        .containsExactly(new OutputCheck.Violation("claims-sentience", "non-personhood", "a[0].b"));
  }
}

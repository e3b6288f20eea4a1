package dev.reeve.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextTest {
  @Test
  void a_plain_value_is_shown_in_quotes_as_it_is() {
    assertThat(Text.quoteForMessage("")).isEqualTo("\"\"");
    assertThat(Text.quoteForMessage("job.echo")).isEqualTo("\"job.echo\"");
    assertThat(Text.quoteForMessage("f\u00fcr \uD834\uDD1E"))
        .isEqualTo("\"f\u00fcr \uD834\uDD1E\"");
  }

  @Test
  void characters_that_could_break_or_disguise_a_line_are_masked() {
    assertThat(Text.quoteForMessage("a\nb\rc\u0000d\u001be\u0085f")).isEqualTo("\"a?b?c?d?e?f\"");
    assertThat(Text.quoteForMessage("say \"hi\"")).isEqualTo("\"say ?hi?\"");
    assertThat(Text.quoteForMessage("\u202Efdp.exe\u2028\u2029\u200B\uFEFF"))
        .isEqualTo("\"?fdp.exe????\"");
    assertThat(Text.quoteForMessage("tag\uDB40\uDC41")).isEqualTo("\"tag?\"");
  }

  @Test
  void lone_surrogates_are_masked_so_that_the_message_can_be_stored() {
    String masked = Text.quoteForMessage("x\uD834y\uDD1Ez\uD834");

    assertThat(masked).isEqualTo("\"x?y?z?\"");
    assertThat(new CanonicalWriter().value(masked).toBytes().utf8()).contains("x?y?z?");
  }

  @Test
  void a_text_is_unicode_when_every_surrogate_has_its_partner() {
    assertThat(Text.isUnicode("")).isTrue();
    assertThat(Text.isUnicode("f\u00fcr \uD834\uDD1E\uD834\uDD1E \uFFFF\u0000")).isTrue();
    assertThat(Text.isUnicode("\uD834")).isFalse();
    assertThat(Text.isUnicode("\uDD1E")).isFalse();
    assertThat(Text.isUnicode("\uDD1E\uD834")).isFalse();
    assertThat(Text.isUnicode("\uD834\uD834\uDD1E")).isFalse();
    assertThat(Text.isUnicode("x\uD834y")).isFalse();
  }

  @Test
  void a_long_value_is_cut_at_80_characters_and_never_inside_a_surrogate_pair() {
    assertThat(Text.quoteForMessage("x".repeat(80))).isEqualTo("\"" + "x".repeat(80) + "\"");
    assertThat(Text.quoteForMessage("x".repeat(81))).isEqualTo("\"" + "x".repeat(80) + "...\"");
    assertThat(Text.quoteForMessage("x".repeat(79) + "\uD834\uDD1E"))
        .isEqualTo("\"" + "x".repeat(79) + "...\"");
    assertThat(Text.quoteForMessage("x".repeat(78) + "\uD834\uDD1E"))
        .isEqualTo("\"" + "x".repeat(78) + "\uD834\uDD1E\"");
    assertThat(Text.quoteForMessage("x".repeat(79) + "\uD834")).endsWith("x?\"");
  }

  @ParameterizedTest
  @CsvSource({
    "prioritty, priority",
    "dead_line, deadline",
    "mata, data",
    "zzz, ''",
    "'', ''",
    "a, ''"
  })
  void the_nearest_name_is_suggested_only_when_one_is_near(String given, String expected) {
    List<String> names = List.of("priority", "topic", "topics", "deadline", "metadata", "data");

    String nearest = Text.nearest(given, names);

    assertThat(nearest).isEqualTo(expected);
  }

  @Test
  void the_first_of_two_equally_near_names_wins() {
    assertThat(Text.nearest("cat", List.of("bat", "rat"))).isEqualTo("bat");
    assertThat(Text.nearest("rat", List.of("bat", "rat"))).isEqualTo("rat");
    assertThat(Text.nearest("cat", List.of())).isEmpty();
  }

  @Test
  @Timeout(5)
  void a_megabyte_for_a_name_costs_nothing() {
    String hostile = "x".repeat(4 << 20);

    assertThat(Text.nearest(hostile, List.of("name", "y".repeat(1000)))).isEmpty();
  }
}

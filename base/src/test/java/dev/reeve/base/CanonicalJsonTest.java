package dev.reeve.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalJsonTest {
  private static final String ODD =
      "quote \" back \\ line \n bell \u0007 accent \u00e9 clef \uD834\uDD1E";

  @Test
  void what_is_written_reads_back_as_the_same_values() {
    Bytes document =
        new CanonicalWriter()
            .beginObject()
            .member("a", "plain")
            .member("b", ODD)
            .member("c", -9_007_199_254_740_992L)
            .member("d", true)
            .member("e", List.of("x", "y"))
            .member("f", Map.of("n", "1", "m", "2"))
            .endObject()
            .toBytes();

    CanonicalObject object = CanonicalReader.object(document);

    assertThat(object.text("b")).isEqualTo(ODD);
    assertThat(object.number("c")).isEqualTo(-9_007_199_254_740_992L);
    assertThat(object.flag("d")).isTrue();
    assertThat(object.texts("e")).containsExactly("x", "y");
    assertThat(object.textMap("f")).containsExactly(Map.entry("m", "2"), Map.entry("n", "1"));
    assertThat(document.utf8()).contains("\\n bell \\u0007 accent \u00e9");
  }

  @Test
  void members_out_of_order_are_a_defect_of_the_writer() {
    CanonicalWriter writer = new CanonicalWriter().beginObject().member("b", 1);

    assertThatThrownBy(() -> writer.member("a", 2)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.member("b", 2)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nested_objects_keep_their_own_order() {
    Bytes document =
        new CanonicalWriter()
            .beginObject()
            .key("a")
            .beginObject()
            .member("z", 1)
            .endObject()
            .member("b", 2)
            .endObject()
            .toBytes();

    assertThat(document.utf8()).isEqualTo("{\"a\":{\"z\":1},\"b\":2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}x",
        "{ }",
        "[1]",
        "null",
        "{\"a\":null}",
        "{\"a\":1.5}",
        "{\"a\":01}",
        "{\"a\":-0}",
        "{\"a\":1e3}",
        "{\"b\":1,\"a\":2}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,}",
        "{\"a\":9007199254740993}",
        "{\"a\":\"\\u0041\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":tru}",
        "{\"a\"1}",
        "{\"a\":-}"
      })
  void anything_that_is_not_canonical_is_refused(String document) {
    assertThatThrownBy(() -> CanonicalReader.object(Bytes.utf8(document)))
        .isInstanceOf(CanonicalFormatException.class);
  }

  @Test
  void deep_nesting_is_refused_not_overflowed() {
    String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

    assertThatThrownBy(() -> CanonicalReader.object(Bytes.utf8(deep)))
        .isInstanceOf(CanonicalFormatException.class);
  }

  @Test
  void bytes_that_are_not_utf8_are_refused() {
    byte[] broken = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'};

    assertThatThrownBy(() -> CanonicalReader.object(Bytes.wrap(broken)))
        .isInstanceOf(CanonicalFormatException.class);
  }
}

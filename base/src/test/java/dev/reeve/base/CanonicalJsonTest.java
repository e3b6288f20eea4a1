package dev.reeve.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        "{\"a\":-}",
        "{\"a\":\"x\\n\n\"}",
        "{\"a\":\"x\\n\u001f\"}",
        "{\"a\":\"\\u000a\"}",
        "{\"a\":\"\\u0008\"}",
        "{\"a\":\"\\u001F\"}",
        "{\"a\":\"\\u00",
        "{\"a\":\"\\/\"}",
        "{\"a\":99999999999999999999}",
        "{\"a\":+1}",
        "{\"a\":[1,]}",
        "{\"a\":[1 ,2]}",
        "\uFEFF{}"
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
  void exactly_64_levels_are_read() {
    assertThat(CanonicalReader.object(nested(64)).has("a")).isTrue();
    assertThatThrownBy(() -> CanonicalReader.object(nested(65)))
        .isInstanceOf(CanonicalFormatException.class)
        .hasMessageContaining("at most 64 levels");
  }

  private static Bytes nested(int levels) {
    return Bytes.utf8("{\"a\":".repeat(levels) + "1" + "}".repeat(levels));
  }

  /// Truncated, overlong, surrogate, beyond Unicode, lone continuation; plain and after an escape.
  @ParameterizedTest
  @ValueSource(strings = {"c3", "c080", "eda080", "f4908080", "80", "5c6ec3", "5c6eeda080"})
  void bytes_that_are_not_utf8_are_refused(String hex) {
    Bytes broken = Bytes.hex("7b2261223a22" + hex + "227d");

    assertThatThrownBy(() -> CanonicalReader.object(broken))
        .isInstanceOf(CanonicalFormatException.class);
  }

  @Test
  void a_lone_surrogate_cannot_be_written() {
    assertThatThrownBy(() -> new CanonicalWriter().value("x\uD834"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lone surrogate");
  }

  @Test
  void integers_beyond_two_to_the_53_cannot_be_written() {
    assertThatThrownBy(() -> new CanonicalWriter().value(CanonicalWriter.INTEGER_MAX + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CanonicalWriter().value(Long.MIN_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_member_of_the_wrong_kind_is_named() {
    CanonicalObject object =
        CanonicalReader.object(
            Bytes.utf8("{\"b\":\"AB\",\"h\":\"0g\",\"n\":4294967296,\"t\":\"x\"}"));

    assertThatThrownBy(() -> object.number("t"))
        .hasMessage("t: String (expected: Long)")
        .isInstanceOf(CanonicalFormatException.class);
    assertThatThrownBy(() -> object.text("gone")).hasMessage("gone: missing");
    assertThatThrownBy(() -> object.integer("n")).hasMessage("n: 4294967296 (expected: 32 bits)");
    assertThatThrownBy(() -> object.bytes("b"))
        .hasMessage("b: upper-case hex (expected: lower case)");
    assertThatThrownBy(() -> object.bytes("h")).isInstanceOf(CanonicalFormatException.class);
    assertThat(object.integerOr("gone", 7)).isEqualTo(7);
    assertThat(object.flagOr("gone", true)).isTrue();
  }

  /// Whatever the reader accepts, the writer writes back byte for byte: one value, one form.
  @Test
  void no_damaged_document_is_read_as_if_it_were_sound() {
    Bytes sound =
        new CanonicalWriter()
            .beginObject()
            .member("a", ODD)
            .member("b", 1234567890123L)
            .member("c", true)
            .member("d", "tab\t nul\u0000 \u001f end")
            .endObject()
            .toBytes();
    int refused = 0;

    for (int at = 0; at < sound.size(); at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = sound.toArray();
        damaged[at] ^= (byte) (1 << bit);
        Optional<CanonicalObject> read = read(Bytes.copyOf(damaged));
        refused += read.isEmpty() ? 1 : 0;
        read.ifPresent(object -> assertThat(rewritten(object)).isEqualTo(Bytes.wrap(damaged)));
      }
    }

    assertThat(refused).isGreaterThan(sound.size());
  }

  private static Optional<CanonicalObject> read(Bytes document) {
    try {
      return Optional.of(CanonicalReader.object(document));
    } catch (CanonicalFormatException e) {
      return Optional.empty();
    }
  }

  /// The sample has texts, one number and one flag; damage may rename them but not change the kind.
  private static Bytes rewritten(CanonicalObject object) {
    CanonicalWriter out = new CanonicalWriter().beginObject();
    int member = 0;
    for (String key : object.keys()) {
      member++;
      switch (member) {
        case 2 -> out.member(key, object.number(key));
        case 3 -> out.member(key, object.flag(key));
        default -> out.member(key, object.text(key));
      }
    }
    return out.endObject().toBytes();
  }
}

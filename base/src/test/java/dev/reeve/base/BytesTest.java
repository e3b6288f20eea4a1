package dev.reeve.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BytesTest {
  @Test
  void a_copy_does_not_see_later_writes_to_its_source() {
    byte[] source = {1, 2, 3};
    Bytes copy = Bytes.copyOf(source);

    source[0] = 9;
    copy.toArray()[1] = 9;

    assertThat(copy.hex()).isEqualTo("010203");
    assertThat(copy.at(0)).isEqualTo((byte) 1);
    assertThat(copy.size()).isEqualTo(3);
  }

  @Test
  void equality_is_by_value() {
    assertThat(Bytes.hex("00ff")).isEqualTo(Bytes.wrap(new byte[] {0, -1}));
    assertThat(Bytes.hex("00ff")).hasSameHashCodeAs(Bytes.wrap(new byte[] {0, -1}));
    assertThat(Bytes.hex("00ff")).isNotEqualTo(Bytes.hex("00fe"));
    assertThat(Bytes.utf8("")).isSameAs(Bytes.EMPTY);
    assertThat(Bytes.copyOf(new byte[0]).isEmpty()).isTrue();
  }

  @Test
  void text_and_hex_read_back() {
    assertThat(Bytes.utf8("h\u00e9 \uD834\uDD1E").utf8()).isEqualTo("h\u00e9 \uD834\uDD1E");
    assertThat(Bytes.hex("DEADbeef").hex()).isEqualTo("deadbeef");
    assertThat(Bytes.wrap(new byte[] {(byte) 0xC3}).utf8()).isEqualTo("\uFFFD");
    assertThatThrownBy(() -> Bytes.hex("abc")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bytes.hex("zz")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void content_never_shows_in_logs() {
    assertThat(Bytes.utf8("secret")).hasToString("Bytes[6]");
  }
}

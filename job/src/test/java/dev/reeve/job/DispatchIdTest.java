package dev.reeve.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DispatchIdTest {
  @Test
  void the_wire_form_reads_back() {
    Random random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      DispatchId id =
          new DispatchId(
              random.nextLong(Long.MAX_VALUE),
              1 + random.nextLong(Long.MAX_VALUE - 1),
              1 + random.nextInt(Integer.MAX_VALUE - 1));

      assertThat(DispatchId.parse(id.toString())).contains(id);
    }
    assertThat(DispatchId.parse("0.1.1")).contains(new DispatchId(0, 1, 1));
    assertThat(DispatchId.parse("9223372036854775807.9223372036854775807.2147483647")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "1",
        "1.2",
        "1.2.",
        ".1.2",
        "1..2",
        "1.2.3.",
        "1.2.3.4",
        "1.2.3 ",
        " 1.2.3",
        "1.2.3\n",
        "1,2,3",
        "-1.2.3",
        "1.-2.3",
        "1.2.-3",
        "1.0.1",
        "1.1.0",
        "+1.2.3",
        "01.2.3",
        "1.2.03",
        "-0.1.1",
        "1e0.2.3",
        "0x1.2.3",
        "1_0.2.3",
        "\u0661.2.3",
        "\uFF11.2.3",
        "1.2.3\u0000",
        "9223372036854775808.1.1",
        "1.9223372036854775808.1",
        "1.1.2147483648",
        "99999999999999999999999999999999999999999999999999"
      })
  void anything_else_is_none(String text) {
    assertThat(DispatchId.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "1", "0", "1.", "-"})
  void a_megabyte_is_none(String part) {
    assertThat(DispatchId.parse(part.repeat(1 << 20))).isEmpty();
  }
}

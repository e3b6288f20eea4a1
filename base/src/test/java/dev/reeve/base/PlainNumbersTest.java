package dev.reeve.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "1.0E-4, 0.0001",
    "1.5E-7, 0.00000015",
    "-2.5E-5, -0.000025",
    "0.01, 0.01",
    "20.0, 20",
    "1.0E7, 10000000",
    "1.2345678901E10, 12345678901",
    "0.0, 0",
    "-0.0, 0",
    "1.0E-300, 1.0E-300",
    "1.0E300, 1.0E300",
    "NaN, NaN",
    "Infinity, Infinity",
  })
  void money_is_written_without_an_exponent(double number, String expected) {
    assertThat(PlainNumbers.text(number)).isEqualTo(expected);
  }

  @Test
  void numbers_of_json_lose_their_exponents_and_texts_keep_theirs() {
    String json =
        "{\"a\":1.0E-4,\"b\":[2.5E10,-3.0E-5],\"text\":\"1.0E-4 \\\" 2.0E-5 \\\\\",\"E\":0.5,"
            + "\"far\":1.0E-200,\"last\":5.0E-7}";

    assertThat(PlainNumbers.json(json))
        .isEqualTo(
            "{\"a\":0.0001,\"b\":[25000000000,-0.00003],\"text\":\"1.0E-4 \\\" 2.0E-5 \\\\\","
                + "\"E\":0.5,\"far\":1.0E-200,\"last\":0.0000005}");
    assertThat(PlainNumbers.json("1.0E-4")).isEqualTo("0.0001");
  }

  @Test
  void no_number_changes_its_value() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        String json = "[" + number + "]";
        String plain = PlainNumbers.json(json);
        assertThat(Double.parseDouble(PlainNumbers.text(number)))
            .as("seed %s: %s", seed, number)
            .isEqualTo(number);
        assertThat(Double.parseDouble(plain.substring(1, plain.length() - 1)))
            .as("seed %s: %s", seed, json)
            .isEqualTo(number);
      }
    }
  }
}

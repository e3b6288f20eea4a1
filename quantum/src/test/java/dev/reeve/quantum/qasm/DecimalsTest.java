package dev.reeve.quantum.qasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The nearest double to a decimal number is what the platform says it is.
class DecimalsTest {
  private static final int NUMBERS = Integer.getInteger("numbers", 20_000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0",
        "0e7",
        ".5",
        "5.",
        "1e0",
        "1E+2",
        "2.5e-3",
        "00000000000000000000001.5",
        "0.00000000000000000000000000012",
        "3.141592653589793238462643383279",
        "9007199254740993.0",
        "9007199254740992.5",
        "4503599627370497.5",
        "4503599627370496.5",
        "123456789012345678e64",
        "999999999999999999e-64",
        "1e65",
        "1e-65",
        "1e-320",
        "1e400",
        "1e-400",
        "2.2250738585072011e-308",
        "1.7976931348623157e308"
      })
  void known_numbers_are_read_to_the_last_bit(String number) {
    assertThat(Decimals.read(number, 0, number.length())).isEqualTo(Double.parseDouble(number));
  }

  @Test
  void underscores_between_digits_mean_nothing() {
    assertThat(Decimals.read("rx(1_000.25_5)", 3, 13)).isEqualTo(1_000.255);
  }

  @Test
  void random_numbers_are_read_to_the_last_bit() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < NUMBERS; i++) {
      String number =
          switch (i % 4) {
            case 0 -> Double.toString(random.nextDouble(-1, 1) * Math.PI).replace("-", "");
            case 1 -> random.nextLong(1_000_000_000_000_000_000L) + "e" + random.nextInt(-99, 99);
            case 2 -> random.nextInt(1_000) + "." + random.nextLong(1L << random.nextInt(1, 62));
            default -> besideTheMiddleOfTwo(random);
          };

      double read = Decimals.read(number, 0, number.length());

      assertThat(read).as(number).isEqualTo(Double.parseDouble(number));
    }
  }

  private static String besideTheMiddleOfTwo(SplittableRandom random) {
    double below = random.nextDouble(1, Math.scalb(1.0, random.nextInt(1, 50)));
    BigDecimal middle = new BigDecimal(below).add(new BigDecimal(Math.ulp(below) / 2));
    return middle.round(new MathContext(random.nextInt(15, 22))).toString();
  }
}

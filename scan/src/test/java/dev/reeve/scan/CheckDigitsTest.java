package dev.reeve.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckDigitsTest {
  @Test
  void published_examples_hold() {
    assertThat(CheckDigits.luhn("79927398713")).isTrue();
    assertThat(CheckDigits.verhoeff("2363")).isTrue();
    assertThat(CheckDigits.mod11And10("86095742719")).isTrue();
    assertThat(CheckDigits.mod97("370400440532013000DE89")).isEqualTo(1);
  }

  @Test
  void one_wrong_digit_is_seen() {
    String number = "79927398713";
    for (int i = 0; i < number.length(); i++) {
      char wrong = (char) ('0' + (number.charAt(i) - '0' + 1) % 10);
      String damaged = number.substring(0, i) + wrong + number.substring(i + 1);
      assertThat(CheckDigits.luhn(damaged)).as(damaged).isFalse();
    }
  }

  @Test
  void tokens_prove_themselves() {
    assertThat(Checksums.crc32Base62("")).isEqualTo("000000");
    assertThat(Checksums.isBech32("A12UEL5L")).isTrue();
    assertThat(Checksums.isBech32("A12UEL5M")).isFalse();
    assertThat(Checksums.isJwt("eyJhbGciOiJIUzI1NiJ9." + "e30.c2ln")).isTrue();
    assertThat(Checksums.isJwt("eyJub3RoaW5nIjoxfQ." + "e30.c2ln")).isFalse();
  }
}

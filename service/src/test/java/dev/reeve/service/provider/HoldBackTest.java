package dev.reeve.service.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldBackTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'Hello'                     | ''
          'Hello '                    | 'Hello '
          'Hello wor'                 | 'Hello '
          'call 4111 1111 11'         | 'call '
          'call 4111 '                | 'call '
          'iban DE89 3704 WX'         | 'iban '
          'key -----BEGIN RSA PRIV'   | 'key '
          'a sk-abc'                  | 'a '
          """)
  void the_last_word_stays_and_what_may_grow_with_it(String held, String leaves) {
    assertThat(held.substring(0, HoldBack.releasable(held, 0))).isEqualTo(leaves);
  }

  @Test
  void a_rule_of_its_own_length_holds_that_much() {
    String held = "word ".repeat(100);

    int leaves = HoldBack.releasable(held, 200);

    assertThat(held.length() - leaves).isBetween(200, 210);
  }

  @Test
  void text_without_blanks_leaves_in_the_end() {
    assertThat(HoldBack.releasable("x".repeat(20_000), 0)).isGreaterThan(10_000);
    assertThat(HoldBack.releasable("漢字漢字", 0)).isEqualTo(4);
  }

  @Test
  void never_more_than_is_there_nor_half_a_character() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(60), 0, 5)
          .forEach(
              kind -> text.append(new String[] {" ", "a", "7", "\uD83D\uDE00", "-----"}[kind]));
      String held = text.toString();

      int leaves = HoldBack.releasable(held, random.nextInt(10));

      assertThat(leaves).isBetween(0, held.length());
      assertThat(leaves < held.length() && Character.isLowSurrogate(held.charAt(leaves)))
          .as(held)
          .isFalse();
    }
  }
}

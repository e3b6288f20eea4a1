package dev.reeve.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdsTest {
  @Test
  void the_example_of_rfc_9562_comes_out_as_printed_there() {
    UUID id = Ids.uuidV7(0x017F22E279B0L, 0xCC3, 0x18C4DC0C0C07398FL);

    assertThat(id).hasToString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void excess_random_bits_never_touch_time_version_or_variant() {
    UUID id = Ids.uuidV7(1, -1, -1);

    assertThat(id).hasToString("00000000-0001-7fff-bfff-ffffffffffff");
  }

  @Test
  void ids_sort_by_time_as_text() {
    Random random = new Random(7);
    List<String> ids = new ArrayList<>();
    for (long millis = 1_700_000_000_000L; millis < 1_700_000_000_200L; millis++) {
      ids.add(Ids.uuidV7(millis, random.nextLong(), random.nextLong()).toString());
    }

    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(ids).allMatch(Ids::isGiven);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "-", "_a", "-a", "a.b", "A-b_c", "7"})
  void a_tenant_may_be_called_as_the_contract_has_it(String tenant) {
    assertThat(Ids.isTenant(tenant)).isTrue();
    assertThat(Ids.isTenant(tenant + "x".repeat(256 - tenant.length()))).isTrue();
    assertThat(Ids.isTenant(tenant + "x".repeat(257 - tenant.length()))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".a", "a..b", "a/b", "a b", "a\n", "\u00e4"})
  void a_tenant_is_called_by_plain_names(String tenant) {
    assertThat(Ids.isTenant(tenant)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "job-1", "A.b_c-d", "a.", "a-", "a.b.c", "req_0f"})
  void a_caller_may_give_plain_names(String id) {
    assertThat(Ids.isGiven(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        ".a",
        "-a",
        "_a",
        "a..b",
        "a/b",
        "a\\b",
        "a b",
        "a\n",
        "a\u0000",
        "a:b",
        "a%2e",
        "\u00e9",
        "a\u00e9",
        "\u0661",
        "a\uD834\uDD1E",
        "a\uFF0E"
      })
  void names_that_mean_something_to_a_path_or_a_terminal_are_refused(String id) {
    assertThat(Ids.isGiven(id)).isFalse();
  }

  @Test
  void a_given_name_has_at_most_128_characters() {
    assertThat(Ids.isGiven("x".repeat(128))).isTrue();
    assertThat(Ids.isGiven("x".repeat(129))).isFalse();
    assertThat(Ids.isGiven("x".repeat(1 << 20))).isFalse();
  }
}

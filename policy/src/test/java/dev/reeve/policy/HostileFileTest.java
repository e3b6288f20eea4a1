package dev.reeve.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HostileFileTest {
  private static final long SEED = Long.getLong("policy.seed", System.nanoTime());

  @Test
  void a_file_over_2_mib_is_refused_before_it_is_read() {
    Bytes large = Bytes.wrap("#".repeat(PolicyFile.SIZE_MAX + 1).getBytes(StandardCharsets.UTF_8));

    assertThat(faultsOf(large))
        .containsExactly("line 1, column 1: the file has 2097153 bytes (expected: at most 2 MiB)");
  }

  @Test
  void a_file_of_exactly_2_mib_is_read() {
    String policy = "default_decision: allow\n";
    String padding = "#".repeat(PolicyFile.SIZE_MAX - policy.length());

    assertThat(PolicyFile.load(Bytes.utf8(policy + padding))).isInstanceOf(PolicyLoad.Loaded.class);
  }

  @Test
  void deep_nesting_is_refused_not_overflowed() {
    assertThat(faultsOf("[".repeat(1_000_000)))
        .containsExactly("line 1, column 33: nested deeper than 32 levels");
    assertThat(faultsOf("{a: ".repeat(500_000)))
        .containsExactly("line 1, column 129: nested deeper than 32 levels");
    assertThat(faultsOf("- ".repeat(1_000_000)))
        .containsExactly("line 1, column 65: nested deeper than 32 levels");
  }

  @Test
  void a_bomb_of_aliases_never_grows() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, (before + ", ").repeat(9) + before));
    }

    assertThat(faultsOf(bomb.toString()))
        .containsExactly("line 1, column 5: an anchor or alias (expected: everything written out)");
  }

  @Test
  void very_many_values_are_refused() {
    assertThat(faultsOf("[" + "x,".repeat(1_000_000) + "]"))
        .hasSize(1)
        .first()
        .asString()
        .endsWith("more than 500000 values");
  }

  @Test
  void lists_and_texts_beyond_their_bounds_are_refused() {
    String tenants = "a,".repeat(1001);

    assertThat(faultsOf("rules: [{decision: deny, match: {tenants: [" + tenants + "]}}]"))
        .containsExactly(
            "line 1, column 43: rules[0].match.tenants: 1001 entries (expected: at most 1000)");
    assertThat(faultsOf("version: " + "v".repeat(129)))
        .containsExactly("line 1, column 10: version: 129 characters (expected: at most 128)");
    assertThat(faultsOf("rules: [" + "{decision: deny},".repeat(50_001) + "]"))
        .containsExactly("line 1, column 8: rules: 50001 entries (expected: at most 50000)");
  }

  @Test
  void ten_thousand_faults_are_listed_as_a_hundred_and_a_count() {
    List<String> faults = faultsOf("rules:\n" + "  - {decision: no}\n".repeat(10_000));

    assertThat(faults).hasSize(101);
    assertThat(faults.getLast()).endsWith("and 9900 further problems");
  }

  @Test
  void bytes_that_are_not_utf8_are_refused_with_their_place() {
    byte[] file = "version: a\nrules: \u00e9".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(faultsOf(Bytes.wrap(file)))
        .containsExactly("line 2, column 8: bytes that are not UTF-8 (expected: UTF-8)");
    assertThat(faultsOf(Bytes.hex("fffe76006500")))
        .containsExactly("line 1, column 1: bytes that are not UTF-8 (expected: UTF-8)");
    assertThat(faultsOf(Bytes.hex("76c3")))
        .containsExactly("line 1, column 2: bytes that are not UTF-8 (expected: UTF-8)");
  }

  @Test
  void characters_that_yaml_forbids_are_refused_with_their_place() {
    assertThat(faultsOf("version: a\nrules: \u0000"))
        .containsExactly("line 2, column 8: character U+0000 (expected: a printable one)");
    assertThat(faultsOf("version: \uD834\uDD1E\u0007"))
        .containsExactly("line 1, column 11: character U+0007 (expected: a printable one)");
  }

  @Test
  void half_a_character_never_becomes_a_name() {
    assertThat(faultsOf("version: \"\\uD834\""))
        .hasSize(1)
        .first()
        .asString()
        .endsWith("(expected: no control characters)");
  }

  @Test
  void names_in_messages_cannot_smuggle_lines_or_grow_without_end() {
    assertThat(faultsOf("\"a\\nfake: line\": 1"))
        .containsExactly(
            "line 1, column 1: \"a?fake: line\": unknown key (expected: [version, tier, selector,"
                + " default_tenant, default_decision, rules, input_rules, input_policy,"
                + " output_rules, output_policy, tenants, require_human, tag_derivers, agents])");
    assertThat(faultsOf("k".repeat(900) + ": 1").getFirst()).hasSizeLessThan(300);
  }

  /// Damages a good file in every way a byte can be damaged: whatever comes out is a policy or a
  /// list of faults, and never an exception.
  @Test
  void a_damaged_file_is_a_policy_or_refused() {
    Random random = new Random(SEED);
    List<byte[]> files =
        List.of(
            DefaultPolicy.file().toArray(),
            GoldenFile.read("everything.yaml").getBytes(StandardCharsets.UTF_8));
    byte[] salt = "\"'[]{}:,&*!|>%@`#-?\\\n\t ~<=xU0\u00e9".getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 4000; round++) {
      byte[] bad = files.get(round % files.size()).clone();
      for (int i = random.nextInt(6); i >= 0; i--) {
        int at = random.nextInt(bad.length);
        bad[at] =
            random.nextInt(4) == 0 ? (byte) random.nextInt(256) : salt[random.nextInt(salt.length)];
      }

      PolicyLoad load = PolicyFile.load(Bytes.wrap(bad));

      assertThat(load).as("round %s of -Dpolicy.seed=%s", round, SEED).isNotNull();
    }
  }

  private static List<String> faultsOf(String text) {
    return faultsOf(Bytes.utf8(text));
  }

  private static List<String> faultsOf(Bytes file) {
    PolicyLoad load = PolicyFile.load(file);
    assertThat(load).isInstanceOf(PolicyLoad.Refused.class);
    return ((PolicyLoad.Refused) load).faults().stream().map(PolicyFault::toString).toList();
  }
}

package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import dev.reeve.testing.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LeafTest {
  private static final long AT = 1_795_161_600_123_456L;

  private static final Leaf SMALLEST =
      new Leaf(0, 0, 0, List.of(), Receipt.of("policy.load", "allow"));

  private static final Leaf FULLEST =
      new Leaf(
          81_234,
          310_007,
          AT,
          List.of(1L, 2L, 3L),
          Receipt.of("job.submit", "require_approval")
              .withSubject("acme", "0190b6e2-7a10-7cc3-98c4-dc0c0c07398f", "ops/\u00e9milie")
              .withRule("prod-write-gate", "writes to \"prod\" need a second person", "a1:5f3c")
              .withGenome("g-7")
              .withInput(Bytes.hex("11".repeat(32)))
              .withOutput(Bytes.hex("22".repeat(32))));

  /// One line for each leaf of version 1. The lines never change; a new version gets a new file.
  @Test
  void version_1_is_written_as_it_always_was() {
    List<Leaf> leaves =
        List.of(
            SMALLEST,
            FULLEST,
            new Leaf(
                2,
                5,
                AT,
                List.of(),
                Receipt.of("SafetyKernel/Check", "deny").withSubject("", "", "10.0.0.0/24")));

    List<String> written = leaves.stream().map(leaf -> leaf.toBytes().utf8()).toList();

    Golden.holdAppendOnly("leaf-v1.jsonl", written);
    assertThat(written.stream().map(line -> Leaf.read(Bytes.utf8(line)))).isEqualTo(leaves);
  }

  @Test
  void the_leaf_hash_is_the_one_of_the_rfc() {
    TreeHasher hasher = TreeHasher.create();

    assertThat(hasher.leaf(Bytes.EMPTY).hex())
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assertThat(hasher.leaf(SMALLEST.toBytes()).hex())
        .isEqualTo("257e61864663fb830f4cc6c58c1e5f29ecda71fb6975332d69a303236f050b25");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'v':1                | 'v':2",
        "'v':1                | 'w':1",
        "'v':1                | 'v':1,'x':1",
        "'action':'a',        | ''",
        "'action':'a'         | 'action':1",
        "'action':'a'         | 'action':''",
        "'action':'a'         | 'action':'a','actor':''",
        "'action':'a'         | 'action':'a','actor':1",
        "'at':0               | 'at':-1",
        "'at':0               | 'at':'0'",
        "'decision':'allow'   | 'decision':'ALLOW'",
        "'decision':'allow'   | 'decision':'a b'",
        "'index':0            | 'event_seqs':[],'index':0",
        "'index':0            | 'event_seqs':[2,2],'index':0",
        "'index':0            | 'event_seqs':[0],'index':0",
        "'index':0            | 'event_seqs':['1'],'index':0",
        "'index':0            | 'in':'ab','index':0",
        "'index':0            | 'in':'zz','index':0",
        "'index':0            | 'in':'','index':0",
      })
  void bytes_that_would_not_be_written_again_are_refused(String part, String replacement) {
    String good =
        "{'action':'a','at':0,'decision':'allow','index':0,'position':0,'v':1}".replace('\'', '"');

    String bad = good.replace(part.replace('\'', '"'), replacement.replace('\'', '"'));

    assertThat(Leaf.read(Bytes.utf8(good)).receipt().action()).isEqualTo("a");
    assertThat(bad).isNotEqualTo(good);
    assertThatThrownBy(() -> Leaf.read(Bytes.utf8(bad)))
        .isInstanceOf(CanonicalFormatException.class);
  }

  @Test
  void hex_of_upper_case_is_refused_although_it_means_the_same() {
    Bytes commitment = Bytes.hex("ab".repeat(32));
    Leaf leaf = new Leaf(1, 1, AT, List.of(), Receipt.of("a", "allow").withInput(commitment));
    String written = leaf.toBytes().utf8();

    assertThat(Leaf.read(Bytes.utf8(written))).isEqualTo(leaf);
    assertThatThrownBy(() -> Leaf.read(Bytes.utf8(written.replace("ab", "AB"))))
        .isInstanceOf(CanonicalFormatException.class);
  }

  @Test
  void a_text_that_is_too_long_never_becomes_a_receipt() {
    String words = "x".repeat(Receipt.TEXT_LENGTH_MAX + 1);

    assertThatThrownBy(() -> Receipt.of("a", "deny").withRule("r", words, "s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reason: 4097 characters (expected: at most 4096)");
  }
}

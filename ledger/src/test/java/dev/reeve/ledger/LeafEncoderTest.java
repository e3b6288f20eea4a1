package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalWriter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LeafEncoderTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "b",
          "action:job:submit",
          "\u00e4\u20ac\uD83D\uDE00",
          "quote\"back\\",
          "\n\u0001",
          "zz");

  private final Random random = new Random(20_261_121);
  private final LeafEncoder encoder = new LeafEncoder();

  private String text() {
    return random.nextInt(4) == 0
        ? "t" + random.nextInt(1_000_000)
        : TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private String named() {
    String text = text();
    return text.isEmpty() ? "x" : text;
  }

  private Bytes commitment() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return random.nextBoolean() ? Bytes.EMPTY : Bytes.wrap(bytes);
  }

  private long number() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(10);
      case 1 -> random.nextInt(1_000_000);
      case 2 -> CanonicalWriter.INTEGER_MAX - random.nextInt(2);
      default -> random.nextLong(CanonicalWriter.INTEGER_MAX);
    };
  }

  @Test
  void what_cannot_be_written_is_refused_each_time_and_spoils_nothing() {
    Leaf good = new Leaf(1, 2, 3, List.of(), Receipt.of("a", "allow").withSubject("t", "j", "p"));
    Leaf bad =
        new Leaf(1, 3, 3, List.of(), Receipt.of("a", "allow").withSubject("\ud800", "j", "p"));

    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> encoder.encode(bad)).isInstanceOf(IllegalArgumentException.class);
      assertThat(encoder.encode(good)).isEqualTo(good.toBytes());
    }
  }

  @Test
  void leaf_after_leaf_is_written_as_it_would_be_alone() {
    for (int i = 0; i < 20_000; i++) {
      Receipt receipt =
          new Receipt(
              text(),
              text(),
              text(),
              named(),
              random.nextBoolean() ? "allow" : "deny",
              text(),
              text(),
              text(),
              text(),
              commitment(),
              commitment());
      List<Long> seqs = random.nextBoolean() ? List.of() : List.of(1L, 2L + random.nextInt(9));
      Leaf leaf = new Leaf(number(), number(), number(), seqs, receipt);

      Bytes written = encoder.encode(leaf);

      assertThat(written).isEqualTo(leaf.toBytes());
      assertThat(Leaf.read(written)).isEqualTo(leaf);
    }
  }
}

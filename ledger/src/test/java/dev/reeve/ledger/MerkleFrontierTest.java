package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.CanonicalFormatException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MerkleFrontierTest {
  private final TreeHasher hasher = TreeHasher.create();

  @Test
  void the_published_roots_come_out() {
    MerkleFrontier frontier = MerkleFrontier.EMPTY;
    assertThat(frontier.root(hasher).hex()).isEqualTo(TreeSamples.KNOWN_ROOTS.getFirst());

    for (int i = 0; i < TreeSamples.KNOWN_LEAVES.size(); i++) {
      frontier = frontier.append(hasher, hasher.leaf(TreeSamples.KNOWN_LEAVES.get(i)));

      assertThat(frontier.root(hasher).hex()).isEqualTo(TreeSamples.KNOWN_ROOTS.get(i + 1));
    }
  }

  @Test
  void groups_of_any_size_give_the_root_of_the_definition() {
    long seed = 20_261_120;
    Random random = new Random(seed);
    List<Bytes> hashes = TreeSamples.numbered(hasher, 3000);
    MerkleFrontier frontier = MerkleFrontier.EMPTY;

    int at = 0;
    while (at < hashes.size()) {
      int next = Math.min(hashes.size(), at + random.nextInt(65));
      frontier = frontier.append(hasher, hashes.subList(at, next));
      at = next;

      assertThat(frontier.size()).as("seed %s", seed).isEqualTo(at);
      assertThat(frontier.root(hasher))
          .as("seed %s size %s", seed, at)
          .isEqualTo(NaiveTree.root(hashes.subList(0, at)));
    }
  }

  @Test
  void appending_leaves_the_frontier_before_untouched() {
    List<Bytes> hashes = TreeSamples.numbered(hasher, 20);
    MerkleFrontier before = MerkleFrontier.EMPTY.append(hasher, hashes.subList(0, 7));
    Bytes root = before.root(hasher);

    MerkleFrontier first = before.append(hasher, hashes.subList(7, 20));
    MerkleFrontier again = before.append(hasher, hashes.subList(7, 20));

    assertThat(before.root(hasher)).isEqualTo(root);
    assertThat(again).isEqualTo(first).hasSameHashCodeAs(first).isNotEqualTo(before);
  }

  @Test
  void what_is_stored_reads_back_and_goes_on() {
    List<Bytes> hashes = TreeSamples.numbered(hasher, 300);
    for (int size = 0; size <= 260; size++) {
      MerkleFrontier frontier = MerkleFrontier.EMPTY.append(hasher, hashes.subList(0, size));

      MerkleFrontier restored = MerkleFrontier.read(frontier.toBytes());

      assertThat(restored).isEqualTo(frontier);
      assertThat(restored.append(hasher, hashes.subList(size, 300)).root(hasher))
          .isEqualTo(NaiveTree.root(hashes));
    }
  }

  @Test
  void nothing_stored_is_the_empty_frontier() {
    assertThat(MerkleFrontier.read(Bytes.EMPTY)).isEqualTo(MerkleFrontier.EMPTY);
    assertThat(MerkleFrontier.read(MerkleFrontier.EMPTY.toBytes())).isEqualTo(MerkleFrontier.EMPTY);
  }

  @Test
  void stored_bytes_of_a_wrong_length_are_refused() {
    List<Bytes> hashes = TreeSamples.numbered(hasher, 5);
    String good = MerkleFrontier.EMPTY.append(hasher, hashes).toBytes().hex();

    for (String bad : List.of("00", good + "00", good.substring(2), "ff" + good.substring(2))) {
      assertThatThrownBy(() -> MerkleFrontier.read(Bytes.hex(bad)))
          .isInstanceOf(CanonicalFormatException.class);
    }
  }

  @Test
  void a_hash_of_a_wrong_length_is_a_defect() {
    assertThatThrownBy(() -> MerkleFrontier.EMPTY.append(hasher, Bytes.hex("00")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: 32");
  }
}

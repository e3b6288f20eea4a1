package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MerkleTreeTest {
  private static final int EVERY_SIZE_TO = 70;

  private final TreeHasher hasher = TreeHasher.create();

  @Test
  void roots_of_all_earlier_sizes_can_be_named() {
    MerkleTree tree = known();

    for (int size = 0; size <= 8; size++) {
      assertThat(tree.root(size).hex()).isEqualTo(TreeSamples.KNOWN_ROOTS.get(size));
    }
  }

  /// The example of RFC 9162 section 2.1.5: seven leaves, and the nodes a to l it names.
  @Test
  void proofs_of_the_tree_drawn_in_the_rfc_are_the_ones_it_lists() {
    List<Bytes> d = TreeSamples.numbered(hasher, 7);
    MerkleTree tree = new MerkleTree(TiledHashes.of(d), hasher);
    Bytes g = hasher.node(d.get(0), d.get(1));
    Bytes h = hasher.node(d.get(2), d.get(3));
    Bytes i = hasher.node(d.get(4), d.get(5));
    Bytes k = hasher.node(g, h);
    Bytes l = hasher.node(i, d.get(6));

    assertThat(tree.inclusion(0, 7).path()).containsExactly(d.get(1), h, l);
    assertThat(tree.inclusion(3, 7).path()).containsExactly(d.get(2), g, l);
    assertThat(tree.inclusion(4, 7).path()).containsExactly(d.get(5), d.get(6), k);
    assertThat(tree.inclusion(6, 7).path()).containsExactly(i, k);
    assertThat(tree.consistency(3, 7).path()).containsExactly(d.get(2), d.get(3), g, l);
    assertThat(tree.consistency(4, 7).path()).containsExactly(l);
    assertThat(tree.consistency(6, 7).path()).containsExactly(i, d.get(6), k);
  }

  @Test
  void every_leaf_of_every_small_tree_is_shown_to_be_in_it() {
    List<Bytes> hashes = TreeSamples.numbered(hasher, EVERY_SIZE_TO);
    MerkleTree tree = new MerkleTree(TiledHashes.of(hashes), hasher);

    for (int size = 1; size <= EVERY_SIZE_TO; size++) {
      Bytes root = NaiveTree.root(hashes.subList(0, size));
      for (int index = 0; index < size; index++) {
        InclusionProof proof = tree.inclusion(index, size);

        assertThat(proof.path()).isEqualTo(NaiveTree.path(index, hashes.subList(0, size)));
        assertThat(proof.holds(hasher, hashes.get(index), root)).isTrue();
      }
    }
  }

  @Test
  void every_small_tree_is_shown_to_extend_every_smaller_one() {
    List<Bytes> hashes = TreeSamples.numbered(hasher, EVERY_SIZE_TO);
    MerkleTree tree = new MerkleTree(TiledHashes.of(hashes), hasher);

    for (int to = 0; to <= EVERY_SIZE_TO; to++) {
      for (int from = 0; from <= to; from++) {
        ConsistencyProof proof = tree.consistency(from, to);

        assertThat(proof.path()).isEqualTo(NaiveTree.proof(from, hashes.subList(0, to)));
        assertThat(proof.holds(hasher, tree.root(from), tree.root(to)))
            .as("%s to %s", from, to)
            .isTrue();
      }
    }
  }

  @Test
  void proofs_hold_across_many_tiles() {
    long seed = 77_001;
    Random random = new Random(seed);
    List<Bytes> hashes = TreeSamples.numbered(hasher, 2000);
    MerkleTree tree = new MerkleTree(TiledHashes.of(hashes), hasher);

    for (int round = 0; round < 60; round++) {
      int to = 1 + random.nextInt(hashes.size());
      int from = random.nextInt(to + 1);
      int index = random.nextInt(to);
      Bytes root = tree.root(to);

      assertThat(root).as("seed %s", seed).isEqualTo(NaiveTree.root(hashes.subList(0, to)));
      assertThat(tree.inclusion(index, to).holds(hasher, hashes.get(index), root))
          .as("seed %s: %s in %s", seed, index, to)
          .isTrue();
      assertThat(tree.consistency(from, to).holds(hasher, tree.root(from), root))
          .as("seed %s: %s to %s", seed, from, to)
          .isTrue();
    }
  }

  @Test
  void a_flipped_bit_anywhere_is_found() {
    List<Bytes> hashes = TreeSamples.numbered(hasher, 21);
    MerkleTree tree = new MerkleTree(TiledHashes.of(hashes), hasher);
    for (int size = 1; size <= 21; size++) {
      Bytes root = tree.root(size);
      for (int index = 0; index < size; index++) {
        InclusionProof proof = tree.inclusion(index, size);
        Bytes leaf = hashes.get(index);

        assertThat(proof.holds(hasher, flip(leaf), root)).isFalse();
        assertThat(proof.holds(hasher, leaf, flip(root))).isFalse();
        for (List<Bytes> damaged : damagedCopies(proof.path())) {
          assertThat(new InclusionProof(index, size, damaged).holds(hasher, leaf, root)).isFalse();
        }
      }
      for (int from = 1; from <= size; from++) {
        ConsistencyProof proof = tree.consistency(from, size);
        Bytes fromRoot = tree.root(from);

        assertThat(proof.holds(hasher, flip(fromRoot), root)).isFalse();
        assertThat(proof.holds(hasher, fromRoot, flip(root))).isFalse();
        for (List<Bytes> damaged : damagedCopies(proof.path())) {
          assertThat(new ConsistencyProof(from, size, damaged).holds(hasher, fromRoot, root))
              .isFalse();
        }
      }
    }
  }

  @Test
  void a_proof_for_one_leaf_does_not_pass_for_another() {
    List<Bytes> hashes = TreeSamples.numbered(hasher, 33);
    MerkleTree tree = new MerkleTree(TiledHashes.of(hashes), hasher);
    Bytes root = tree.root(33);

    for (int index = 0; index < 33; index++) {
      List<Bytes> path = tree.inclusion(index, 33).path();
      for (int other = 0; other < 33; other++) {
        boolean held = new InclusionProof(other, 33, path).holds(hasher, hashes.get(index), root);
        assertThat(held).as("%s as %s", index, other).isEqualTo(index == other);
      }
    }
  }

  @Test
  void a_tree_that_was_rewritten_is_not_an_extension() {
    List<Bytes> before = TreeSamples.numbered(hasher, 40);
    List<Bytes> after = new ArrayList<>(before);
    after.set(3, flip(after.get(3)));
    MerkleTree honest = new MerkleTree(TiledHashes.of(before), hasher);
    MerkleTree rewritten = new MerkleTree(TiledHashes.of(after), hasher);

    for (int from = 4; from < 40; from++) {
      ConsistencyProof proof = rewritten.consistency(from, 40);

      assertThat(proof.holds(hasher, honest.root(from), rewritten.root(40))).isFalse();
    }
  }

  @Test
  void what_the_log_never_had_is_refused_by_name() {
    MerkleTree tree = known();

    assertThatThrownBy(() -> tree.root(9))
        .isInstanceOf(ProblemException.class)
        .hasMessage("TREE_SIZE_OUT_OF_RANGE: size: \"9\" (expected: 0 to 8)");
    assertThatThrownBy(() -> tree.inclusion(5, 5))
        .hasMessage("LEAF_INDEX_OUT_OF_RANGE: index: \"5\" (expected: 0 to 4)");
    assertThatThrownBy(() -> tree.inclusion(-1, 5)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> tree.consistency(6, 5))
        .hasMessage("TREE_SIZE_OUT_OF_RANGE: from: \"6\" (expected: 0 to 5)");
  }

  private MerkleTree known() {
    List<Bytes> hashes = TreeSamples.hashes(hasher, TreeSamples.KNOWN_LEAVES);
    return new MerkleTree(TiledHashes.of(hashes), hasher);
  }

  private static List<List<Bytes>> damagedCopies(List<Bytes> path) {
    List<List<Bytes>> copies = new ArrayList<>();
    for (int i = 0; i < path.size(); i++) {
      List<Bytes> flipped = new ArrayList<>(path);
      flipped.set(i, flip(path.get(i)));
      copies.add(flipped);
      List<Bytes> shorter = new ArrayList<>(path);
      shorter.remove(i);
      copies.add(shorter);
    }
    List<Bytes> longer = new ArrayList<>(path);
    longer.add(TreeHasher.EMPTY_ROOT);
    copies.add(longer);
    return copies;
  }

  private static Bytes flip(Bytes hash) {
    byte[] damaged = hash.toArray();
    damaged[hash.hashCode() & 31] ^= 1;
    return Bytes.wrap(damaged);
  }
}

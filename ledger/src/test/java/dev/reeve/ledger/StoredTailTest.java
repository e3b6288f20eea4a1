package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StoredTailTest {
  private static final int SIZE = 700;

  private final SampleLog log = SampleLog.of(SIZE);
  private final MerkleTree tree = new MerkleTree(TiledHashes.of(hashes()), TreeHasher.create());

  private List<Bytes> hashes() {
    List<Bytes> hashes = new ArrayList<>();
    TreeHasher hasher = TreeHasher.create();
    log.commits.forEach(commit -> commit.leaves().forEach(leaf -> hashes.add(hasher.leaf(leaf))));
    return hashes;
  }

  /// From an index on, beginning with the commit that holds it.
  private StoredTail read(int from) {
    StoredTail tail = StoredTail.read(log, log.partial(SIZE), Math.max(0, from / 3), from);
    tail.check(tree.frontier(tail.from()), MerkleFrontier.read(log.frontier));
    return tail;
  }

  @Test
  void the_newest_receipts_are_in_order_wherever_the_look_begins() {
    for (int from : List.of(0, 1, 255, 256, 257, 300, 512, 698, 699)) {
      assertThat(read(from).from()).isEqualTo(from);
      assertThat(read(from).hashes()).as("from %s", from).hasSize(SIZE - from);
    }
  }

  @Test
  void the_edge_of_the_tree_is_known_for_every_size_it_had() {
    for (int size = 0; size <= SIZE; size++) {
      assertThat(tree.frontier(size).root(TreeHasher.create())).isEqualTo(tree.root(size));
      assertThat(tree.frontier(size).size()).isEqualTo(size);
    }
  }

  @Test
  void a_changed_receipt_is_named() {
    change(200, "because", "Because");

    assertDamage(() -> read(590), "index 600, job job-600: the receipt hashes to");
    assertDamage(() -> read(10), "index 600, job job-600: the receipt hashes to");
    assertThat(read(610).hashes()).hasSize(90);
  }

  @Test
  void a_receipt_that_was_changed_with_its_stored_hash_is_found_by_the_tree() {
    change(150, "because", "Because");
    log.tiles.set(1, new HashTile(1, hashes().get(256)).plus(hashes().subList(257, 512)));

    assertDamage(() -> read(440), "index 0 to 511: the tree over them is not the stored one");
  }

  @Test
  void missing_commits_are_named() {
    log.commits.remove(220);
    assertDamage(() -> read(600), "commit 221: is missing");

    log.commits.subList(219, log.commits.size()).clear();
    StoredLog cut = new CutLog(log, SampleLog.of(SIZE).edge());
    assertDamage(() -> StoredTail.read(cut, log.partial(SIZE), 200, 600), "commit 220: is missing");
  }

  /// A log that is shorter than its edge says.
  private record CutLog(SampleLog rest, Edge edge) implements StoredLog {
    @Override
    public List<StoredCommit> commits(long afterPosition, int limit) {
      return rest.commits(afterPosition, limit);
    }

    @Override
    public List<HashTile> tiles(long fromNumber, int limit) {
      return rest.tiles(fromNumber, limit);
    }
  }

  @Test
  void where_retention_has_removed_commits_it_begins_at_the_first_one() {
    log.commits.subList(0, 100).clear();

    assertThat(read(0).from()).isEqualTo(300);
    assertThat(read(0).hashes()).hasSize(400);
  }

  private void change(int commit, String from, String to) {
    StoredLog.StoredCommit before = log.commits.get(commit);
    log.commits.set(
        commit,
        new StoredLog.StoredCommit(
            before.position(),
            before.atMicros(),
            before.leaves().stream()
                .map(leaf -> Bytes.utf8(leaf.utf8().replace(from, to)))
                .toList()));
  }

  private static void assertDamage(ThrowingCallable look, String message) {
    assertThatThrownBy(look).isInstanceOf(AuditDamage.class).hasMessageContaining(message);
  }
}

package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredLogVerifierTest {
  private static final int SIZE = 300;

  private final SampleLog log = SampleLog.of(SIZE);

  @Test
  void a_stored_log_verifies() {
    Verified verified = verify(SIZE);

    assertThat(verified.receipts()).isEqualTo(SIZE);
    assertThat(verified.unsigned()).isZero();
  }

  @Test
  void receipts_behind_the_signed_head_are_counted_as_not_signed_yet() {
    assertThat(verify(SIZE - 20).unsigned()).isEqualTo(20);
  }

  @Test
  void a_changed_receipt_in_a_full_tile_is_named() {
    change(4, "job-13", "job-31");

    assertDamage(SIZE, "index 13, job job-31: the receipt hashes to");
  }

  @Test
  void a_changed_receipt_in_the_last_tile_is_named() {
    change(95, "because", "Because");

    assertDamage(SIZE, "index 285, job job-285: the receipt hashes to");
  }

  @Test
  void a_changed_receipt_that_was_not_signed_yet_is_narrowed_down() {
    change(95, "because", "Because");

    assertDamage(280, "index 256 to 287: the tree over them is not the stored one");
  }

  @Test
  void a_missing_commit_is_named() {
    log.commits.remove(40);

    assertDamage(SIZE, "commit 41: is missing");
  }

  @Test
  void a_log_that_was_cut_is_found_by_its_signed_head() {
    SampleLog shorter = SampleLog.of(290);

    assertThatThrownBy(() -> StoredLogVerifier.verify(shorter, log.against(SIZE), _ -> {}))
        .isInstanceOf(AuditDamage.class)
        .hasMessageContaining("missing: the signed head has 300 receipts, here are 290");
  }

  @Test
  void a_log_that_was_cut_together_with_its_head_is_found_by_a_kept_checkpoint() {
    SampleLog shorter = SampleLog.of(290);
    StoredLogVerifier.Against against = shorter.against(290);
    StoredLogVerifier.Against kept =
        new StoredLogVerifier.Against(
            against.head(), against.keys(), against.tile(), Optional.of(log.head(SIZE)));

    assertThatThrownBy(() -> StoredLogVerifier.verify(shorter, kept, _ -> {}))
        .isInstanceOf(AuditDamage.class)
        .hasMessageContaining("missing: the kept checkpoint has 300 receipts, here are 290");
  }

  @Test
  void pruned_receipts_are_counted() {
    log.commits.subList(0, 10).clear();

    assertThat(verify(SIZE).pruned()).isEqualTo(30);
  }

  @Test
  void a_stored_hash_that_changed_is_named_with_its_receipt() {
    byte[] hashes = log.tiles.getFirst().hashes().toArray();
    hashes[32 * 200] ^= 1;
    log.tiles.set(0, new HashTile(0, Bytes.wrap(hashes)));

    assertDamage(SIZE, "index 200, job job-200: the receipt hashes to");
  }

  private void change(int commit, String from, String to) {
    StoredLog.StoredCommit before = log.commits.get(commit);
    List<Bytes> leaves = new ArrayList<>();
    for (Bytes leaf : before.leaves()) {
      leaves.add(Bytes.utf8(leaf.utf8().replace(from, to)));
    }
    log.commits.set(
        commit, new StoredLog.StoredCommit(before.position(), before.atMicros(), leaves));
  }

  private Verified verify(int signedSize) {
    return StoredLogVerifier.verify(log, log.against(signedSize), _ -> {});
  }

  private void assertDamage(int signedSize, String message) {
    assertThatThrownBy(() -> verify(signedSize))
        .isInstanceOf(AuditDamage.class)
        .hasMessageContaining(message);
  }
}

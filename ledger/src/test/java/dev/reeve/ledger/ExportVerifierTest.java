package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.ProblemException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExportVerifierTest {
  private final SampleLog log = SampleLog.of(10);
  private final List<Bytes> lines = new ArrayList<>(log.export());

  @Test
  void an_export_verifies() {
    Verified verified = verify(lines);

    assertThat(verified.receipts()).isEqualTo(10);
    assertThat(verified.pruned()).isZero();
    assertThat(verified.head().checkpoint().size()).isEqualTo(10);
  }

  @Test
  void every_line_shows_index_job_and_decision() {
    assertThat(lines.get(3).utf8())
        .startsWith("{\"decision\":\"deny\",\"hash\":\"")
        .contains("\",\"index\":3,\"job_id\":\"job-3\",\"leaf\":{\"action\":");
  }

  @Test
  void a_changed_receipt_is_named_by_line_index_and_job() {
    lines.set(4, Bytes.utf8(lines.get(4).utf8().replace("because", "Because")));

    assertDamage(lines, "line 5 (index 4, job job-4): the receipt does not hash to");
  }

  @Test
  void a_decision_that_was_turned_is_found() {
    lines.set(3, Bytes.utf8(lines.get(3).utf8().replaceFirst("\"deny\"", "\"allow\"")));

    assertDamage(lines, "line 4 (index 3): not as written");
  }

  @Test
  void the_same_receipt_in_another_form_is_damage() {
    lines.set(2, Bytes.utf8(lines.get(2).utf8().replaceFirst(",", ", ")));

    assertDamage(lines, "line 3 (index 2): not as written");
  }

  @Test
  void a_removed_receipt_is_found() {
    lines.remove(6);

    assertDamage(lines, "line 7 (index 7, job job-7): is in the wrong place (expected: index 6)");
  }

  @Test
  void the_last_receipt_cannot_be_left_out() {
    lines.remove(9);

    assertDamage(lines, "line 10 (tree head): has 10 receipts, before it are 9");
  }

  @Test
  void a_receipt_that_comes_twice_is_found() {
    lines.add(5, lines.get(4));

    assertDamage(lines, "line 6 (index 4, job job-4): is in the wrong place");
  }

  @Test
  void receipts_in_another_order_are_found() {
    lines.set(1, lines.set(2, lines.get(1)));

    assertDamage(lines, "line 2 (index 2, job job-2): is in the wrong place");
  }

  @Test
  void an_empty_file_does_not_verify() {
    assertDamage(List.of(), "line 1: the file is empty");
  }

  @Test
  void an_export_without_its_head_does_not_verify() {
    lines.removeLast();

    assertDamage(lines, "line 11: the tree head is missing");
  }

  @Test
  void nothing_may_follow_the_head() {
    lines.add(lines.getFirst());

    assertDamage(lines, "line 12 (index 0, job job-0): comes after the tree head");
  }

  @Test
  void a_head_by_a_stranger_does_not_verify() {
    LogSigner stranger = LogSigner.forLog(log.keys.origin(), new SecureRandom());
    TreeHead forged = stranger.sign(log.head(10).checkpoint());
    lines.set(10, new ExportLine.Head(log.keys.records(), forged).toBytes());

    assertDamage(lines, "line 11 (tree head): head: its signature is not of a key in force");
  }

  @Test
  void a_shortened_log_is_found_with_a_kept_checkpoint() {
    List<Bytes> shorter = SampleLog.of(7).export();

    assertThat(verify(shorter).receipts()).isEqualTo(7);
    assertThatThrownBy(() -> verify(shorter, Optional.of(log.head(10))))
        .isInstanceOf(AuditDamage.class)
        .hasMessageContaining("missing: the kept checkpoint has 10 receipts, here are 7");
  }

  @Test
  void a_longer_log_extends_a_kept_checkpoint() {
    assertThat(verify(lines, Optional.of(log.head(4))).receipts()).isEqualTo(10);
  }

  @Test
  void a_rewritten_log_is_found_with_a_kept_checkpoint() {
    TreeHead other =
        SampleLog.SIGNER.sign(new Checkpoint(log.keys.origin(), 4, TreeHasher.EMPTY_ROOT, 1));

    assertThatThrownBy(() -> verify(lines, Optional.of(other)))
        .isInstanceOf(AuditDamage.class)
        .hasMessageContaining("line 4 (index 3, job job-3)")
        .hasMessageContaining("of the kept checkpoint");
  }

  @Test
  void a_receipt_is_proven_by_its_line_alone() {
    for (int index = 0; index < 10; index++) {
      assertThat(verify(List.of(log.proven(index, 10))).receipts()).isEqualTo(1);
    }
  }

  @Test
  void proofs_of_several_receipts_verify_together() {
    assertThat(verify(List.of(log.proven(8, 10), log.proven(2, 9))).receipts()).isEqualTo(2);
  }

  @Test
  void a_proof_of_another_size_cannot_be_held_against_a_checkpoint() {
    assertThatThrownBy(() -> verify(List.of(log.proven(3, 10)), Optional.of(log.head(5))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("checkpoint: of 5 receipts");
  }

  @Test
  void pruned_receipts_are_counted_and_the_rest_verifies() {
    SampleLog large = SampleLog.of(600);
    large.commits.subList(0, 50).clear();
    List<Bytes> export = large.export();

    Verified verified = verify(export);

    assertThat(export.getFirst().utf8()).contains("\"pruned\":true");
    assertThat(verified.pruned()).isEqualTo(150);
    assertThat(verified.receipts()).isEqualTo(450);
  }

  @Test
  void only_the_oldest_receipts_can_be_pruned() {
    Bytes hash = TreeHasher.create().leaf(log.commits.get(1).leaves().get(1));
    lines.set(4, new ExportLine.Pruned(4, hash).toBytes());

    assertDamage(lines, "line 5 (index 4): is pruned behind receipts that are not");
  }

  private static void assertDamage(List<Bytes> damaged, String message) {
    assertThatThrownBy(() -> verify(damaged))
        .isInstanceOf(AuditDamage.class)
        .hasMessageContaining(message);
  }

  private static Verified verify(List<Bytes> all) {
    return verify(all, Optional.empty());
  }

  private static Verified verify(List<Bytes> all, Optional<TreeHead> kept) {
    ExportVerifier verifier = new ExportVerifier(kept);
    all.forEach(verifier::line);
    return verifier.end();
  }
}

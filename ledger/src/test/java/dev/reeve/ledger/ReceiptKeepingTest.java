package dev.reeve.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReceiptKeepingTest {
  private static final Bytes FIRST = Sha256.of(Bytes.utf8("first"));
  private static final Bytes LAST = Sha256.of(Bytes.utf8("last"));

  @Test
  void a_commitment_opens_for_its_bytes_only() {
    SaltedCommitment commitment = SaltedCommitment.of(new Random(1), Bytes.utf8("payload"));

    assertThat(commitment.opens(Bytes.utf8("payload"))).isTrue();
    assertThat(commitment.opens(Bytes.utf8("payloaD"))).isFalse();
    assertThat(commitment.hash())
        .isEqualTo(
            Sha256.ofAll(commitment.salt().unsafeArray(), Bytes.utf8("payload").unsafeArray()));
  }

  @Test
  void equal_bytes_have_different_commitments() {
    Random random = new Random(1);

    SaltedCommitment one = SaltedCommitment.of(random, Bytes.utf8("yes"));
    SaltedCommitment two = SaltedCommitment.of(random, Bytes.utf8("yes"));

    assertThat(one.hash()).isNotEqualTo(two.hash());
  }

  @Test
  void a_salt_of_another_length_is_a_defect() {
    assertThatThrownBy(() -> SaltedCommitment.of(Bytes.hex("00"), Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void only_effects_and_checks_have_leaves_of_their_own() {
    assertThat(ReceiptClass.values())
        .filteredOn(ReceiptClass::hasOwnLeaf)
        .containsExactly(ReceiptClass.EFFECT, ReceiptClass.CHECK);
  }

  @Test
  void reads_of_one_minute_become_one_receipt_with_their_count() {
    Tallies tallies = new Tallies(10);
    Tally.Subject subject = new Tally.Subject("acme", "ann", "job.status", "allow", "");
    tallies.count(5, subject, () -> FIRST);
    tallies.count(5, subject, () -> LAST);
    tallies.count(6, subject, () -> FIRST);

    List<Tally> drained = tallies.drainBefore(6);

    assertThat(drained).containsExactly(new Tally(5, subject, 2, FIRST, LAST));
    assertThat(drained.getFirst().toReceipt())
        .isEqualTo(
            Receipt.of("job.status", "allow")
                .withSubject("acme", "", "ann")
                .withRule("", "2 times", "")
                .withInput(FIRST)
                .withOutput(LAST));
    assertThat(tallies.drainBefore(6)).isEmpty();
    assertThat(tallies.drainBefore(7)).containsExactly(new Tally(6, subject, 1, FIRST, FIRST));
  }

  @Test
  void only_the_first_and_the_last_request_of_a_minute_are_hashed() {
    Tallies tallies = new Tallies(10);
    Tally.Subject subject = new Tally.Subject("acme", "ann", "job.status", "allow", "");
    tallies.count(5, subject, () -> FIRST);
    for (int i = 0; i < 100; i++) {
      tallies.count(
          5,
          subject,
          () -> {
            throw new IllegalStateException("nobody needs this one");
          });
    }
    tallies.count(5, subject, () -> LAST);

    assertThat(tallies.drainBefore(6)).containsExactly(new Tally(5, subject, 102, FIRST, LAST));
  }

  @Test
  void what_differs_in_anything_is_counted_apart() {
    Tallies tallies = new Tallies(10);
    List<Tally.Subject> subjects =
        List.of(
            new Tally.Subject("a", "b", "c", "d", "e"),
            new Tally.Subject("x", "b", "c", "d", "e"),
            new Tally.Subject("a", "x", "c", "d", "e"),
            new Tally.Subject("a", "b", "x", "d", "e"),
            new Tally.Subject("a", "b", "c", "x", "e"),
            new Tally.Subject("a", "b", "c", "d", "x"));

    subjects.forEach(subject -> tallies.count(1, subject, () -> FIRST));

    assertThat(tallies.drainBefore(2)).extracting(Tally::subject).isEqualTo(subjects);
  }

  @Test
  void a_flood_from_many_addresses_is_counted_as_other() {
    Tallies tallies = new Tallies(1000);
    for (int i = 0; i < 5000; i++) {
      tallies.count(1, flood("10.0." + i + ".0/24"), () -> FIRST);
    }

    List<Tally> drained = tallies.drainBefore(2);

    assertThat(drained).hasSize(1001);
    assertThat(drained.getLast().subject()).isEqualTo(flood("other"));
    assertThat(drained.getLast().count()).isEqualTo(4000);
    assertThat(drained.getLast().toReceipt().reason()).isEqualTo("4000 times: RATE_LIMITED");
  }

  private static Tally.Subject flood(String from) {
    return new Tally.Subject("", from, "job.submit", "deny", "RATE_LIMITED");
  }
}

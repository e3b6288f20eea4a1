package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.SequencedEvent;
import dev.reeve.job.JobEvent;
import dev.reeve.ledger.LeafHashes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventHashesTest {
  private static final int LEAVES = 3;

  private final EventHashes hashes =
      new EventHashes(
          new LeafHashes() {
            @Override
            public long size() {
              return LEAVES;
            }

            @Override
            public Bytes range(long from, int count) {
              assertThat(from + count).isLessThanOrEqualTo(LEAVES);
              return hash(from);
            }
          });

  private static Bytes hash(long index) {
    return Sha256.of(Bytes.utf8("leaf " + index));
  }

  private static SequencedEvent event(long seq, long leaf, Bytes hash) {
    return new SequencedEvent(seq, new JobEvent.Started(seq), leaf, hash);
  }

  @Test
  void events_get_the_hash_of_the_receipt_that_they_number() {
    Bytes stored = hash(99);

    List<SequencedEvent> named =
        hashes.named(
            List.of(
                event(1, 0, Bytes.EMPTY),
                event(2, 0, Bytes.EMPTY),
                event(3, -1, Bytes.EMPTY),
                event(4, 1, stored),
                event(5, 2, Bytes.EMPTY)));

    assertThat(named)
        .containsExactly(
            event(1, 0, hash(0)),
            event(2, 0, hash(0)),
            event(3, -1, Bytes.EMPTY),
            event(4, 1, stored),
            event(5, 2, hash(2)));
  }

  @Test
  void what_the_tree_does_not_show_yet_comes_later() {
    List<SequencedEvent> named =
        hashes.named(
            List.of(event(1, 2, Bytes.EMPTY), event(2, LEAVES, Bytes.EMPTY), event(3, 1, hash(1))));

    assertThat(named).containsExactly(event(1, 2, hash(2)));
  }
}

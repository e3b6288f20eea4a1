package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.FaultyJobLog.Fault;
import dev.reeve.job.JobCommand;
import dev.reeve.ledger.HashTile;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.MerkleFrontier;
import dev.reeve.ledger.Receipt;
import dev.reeve.ledger.TreeHasher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private final Rig rig = new Rig();
  private final TreeHasher hasher = TreeHasher.create();

  @Test
  void a_submit_has_its_leaf_in_the_same_commit_and_names_its_events() throws StoreException {
    rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));

    Leaf leaf = leaves().getFirst();

    assertThat(leaf.position()).isEqualTo(rig.position());
    assertThat(leaf.index()).isZero();
    assertThat(leaf.eventSeqs()).containsExactly(1L, 2L);
    assertThat(leaf.receipt().action()).isEqualTo("action:job:submit");
    assertThat(leaf.receipt().job()).isEqualTo("a");
  }

  @Test
  void events_number_the_leaf_committed_with_them_and_watchers_get_its_hash()
      throws StoreException {
    Worker worker = rig.worker("w1", 1);
    rig.submit(Sketch.job("a"));
    rig.complete(worker.last(), "done");
    rig.settle();

    List<Bytes> stored = leafBytes();

    assertThat(rig.events(Sketch.job("a")))
        .hasSize(3)
        .allSatisfy(event -> {
          assertThat(event.leafIndex()).isBetween(0L, 1L);
          assertThat(event.lacksHash()).isTrue();
        });
    assertThat(rig.tail.read(1, 0, 10).orElseThrow())
        .allSatisfy(event ->
            assertThat(event.leafHash())
                .isEqualTo(hasher.leaf(stored.get((int) event.leafIndex()))))
        .extracting(event -> event.withHash(Bytes.EMPTY))
        .isEqualTo(rig.events(Sketch.job("a")));
  }

  @Test
  void a_refusal_has_a_leaf_too() throws StoreException {
    rig.submit(Sketch.job("a").given());
    rig.offer(Sketch.job("a").given());
    rig.ask(Sketch.job("a"), new JobCommand.Approve("bob", ""));
    rig.settle();

    assertThat(leaves())
        .extracting(leaf -> leaf.receipt().decision(), leaf -> leaf.receipt().reason())
        .containsExactly(
            tuple("allow", ""), tuple("refuse", "JOB_ID_TAKEN"), tuple("refuse", "JOB_NOT_HELD"));
  }

  @Test
  void what_ends_by_itself_has_a_leaf() throws StoreException {
    rig.submit(Sketch.job("deadline").deadline(Duration.ofSeconds(1)));
    rig.submit(Sketch.job("child").after("deadline"));
    rig.submit(Sketch.job("approval").heldUntil(Duration.ofSeconds(1)));

    rig.pass(Duration.ofSeconds(1));

    assertThat(leaves().stream().skip(3))
        .extracting(
            leaf -> leaf.receipt().job(),
            leaf -> leaf.receipt().decision(),
            leaf -> leaf.receipt().reason())
        .containsExactlyInAnyOrder(
            tuple("deadline", "time_out", "DEADLINE_EXCEEDED"),
            tuple("child", "fail", "DEPENDENCY_FAILED"),
            tuple("approval", "deny", "APPROVAL_EXPIRED"));
    assertThat(rig.events(Sketch.job("child")).getLast().leafIndex()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void notes_are_receipts_without_a_job() throws StoreException {
    Reply<Boolean> noted = new Reply<>();
    rig.writer.offer(
        new LogCommand.Note(
            List.of(Receipt.of("action:check", "allow"), Receipt.of("action:check", "deny")),
            noted));
    rig.group();

    assertThat(noted.outcome()).isTrue();
    assertThat(leaves())
        .extracting(leaf -> leaf.receipt().decision())
        .containsExactly("allow", "deny");
  }

  @Test
  void the_root_is_that_of_the_whole_tree_and_the_tiles_are_complete() throws StoreException {
    for (int i = 0; i < 1_000; i++) {
      rig.offer(Sketch.job("job-" + i));
      if (i % 37 == 0) {
        rig.settle();
      }
    }
    rig.settle();
    rig.restart();
    rig.submit(Sketch.job("after-restart"));

    assertTreeIsWhole(1_001);
  }

  @Test
  void a_log_is_written_in_its_own_format_and_goes_on_when_that_is_raised() throws StoreException {
    rig.store.setFormat(JobLog.FORMAT_WHOLE);
    rig.restart();
    submitTogether("old");

    assertThat(newestRow().utf8()).startsWith("{\"jobs\":[1,").contains("\"v\":1}\n");
    assertThat(rig.events(Sketch.job("old0")))
        .isNotEmpty()
        .noneMatch(SequencedEvent::lacksHash)
        .isEqualTo(rig.tail.read(1, 0, 10).orElseThrow());

    rig.store.setFormat(JobLog.FORMAT_SHORT);
    rig.restart();
    submitTogether("new");

    assertThat(newestRow().utf8()).startsWith("{\"jobs\":[4,").contains("\"v\":2}\n");
    assertTreeIsWhole(6);

    rig.store.setFormat(JobLog.FORMAT_PACKED);
    rig.restart();
    submitTogether("newest");

    assertThat(newestRow().utf8()).startsWith("{\"jobs\":[7,").contains("\"v\":3}\n");
    assertTreeIsWhole(9);
  }

  private void submitTogether(String name) {
    for (int i = 0; i < 3; i++) {
      rig.offer(Sketch.job(name + i).route("job.nowhere"));
    }
    rig.group();
  }

  private Bytes newestRow() throws StoreException {
    return rig.store.archive().journal(0, Integer.MAX_VALUE).getLast().bytes();
  }

  @Test
  void the_tree_goes_on_without_a_gap_after_failures() throws StoreException {
    for (int i = 0; i < 600; i++) {
      rig.offer(Sketch.job("job-" + i).route("job.nowhere"));
      if (i % 50 == 0) {
        rig.log.failCommit(i % 100 == 0 ? Fault.UNDECIDED : Fault.LOST);
        rig.settle();
      }
    }
    rig.settle();

    assertTreeIsWhole((int) rig.log.head().leafCount());
    assertThat(leaves()).extracting(Leaf::index).isSorted().doesNotHaveDuplicates();
  }

  private void assertTreeIsWhole(int size) throws StoreException {
    List<Bytes> hashes = leafBytes().stream().map(hasher::leaf).toList();
    assertThat(hashes).hasSize(size);
    assertThat(rig.log.head().leafCount()).isEqualTo(size);
    MerkleFrontier whole = MerkleFrontier.EMPTY.append(hasher, hashes);
    assertThat(MerkleFrontier.read(rig.log.head().frontier()).root(hasher))
        .isEqualTo(whole.root(hasher));
    List<Commit.TileRow> tiles = rig.store.archive().tiles(0, 100);
    assertThat(tiles).hasSize(size / HashTile.WIDTH);
    for (Commit.TileRow tile : tiles) {
      int from = (int) tile.index() * HashTile.WIDTH;
      assertThat(new HashTile(tile.index(), tile.hashes()))
          .isEqualTo(
              new HashTile(tile.index(), hashes.get(from))
                  .plus(hashes.subList(from + 1, from + HashTile.WIDTH)));
    }
  }

  private List<Leaf> leaves() throws StoreException {
    return leafBytes().stream().map(Leaf::read).toList();
  }

  private List<Bytes> leafBytes() throws StoreException {
    List<Bytes> leaves = new ArrayList<>();
    for (JobArchive.JournalRow row : rig.store.archive().journal(0, Integer.MAX_VALUE)) {
      leaves.addAll(JournalDocument.read(row.bytes()).leaves());
    }
    return leaves;
  }
}

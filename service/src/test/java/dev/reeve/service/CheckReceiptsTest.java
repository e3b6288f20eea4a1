package dev.reeve.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.engine.Answer;
import dev.reeve.engine.JournalDocument;
import dev.reeve.engine.Writer;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.ledger.Leaf;
import dev.reeve.ledger.Receipt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckReceiptsTest {
  private static final Receipt RECEIPT =
      Receipt.of("action:policy:check", "deny")
          .withSubject("acme", "", "alice")
          .withRule("no-prod", "prod is closed", "cfg:1");

  private final InMemoryStore store = new InMemoryStore(() -> Instant.EPOCH);
  private final Writer writer = StoredWriter.open(store);
  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private final InstantSource clock = () -> now;

  @Test
  void a_durable_check_is_answered_after_its_leaf_is_committed() throws StoreException {
    CheckReceipts checks = new CheckReceipts(writer, CheckReceipts.Mode.DURABLE, clock);

    checks.record(RECEIPT, answer());
    List<String> before = List.copyOf(told);
    writer.drain();

    assertThat(before).isEmpty();
    assertThat(told).containsExactly("done");
    assertThat(leaves()).extracting(Leaf::receipt).containsExactly(RECEIPT);
  }

  @Test
  void a_durable_check_is_refused_when_its_leaf_cannot_be_written() {
    CheckReceipts checks = new CheckReceipts(writer, CheckReceipts.Mode.DURABLE, clock);
    writer.close();

    checks.record(RECEIPT, answer());

    assertThat(told).containsExactly("SHUTTING_DOWN");
  }

  @Test
  void counted_checks_share_one_leaf_a_minute() throws StoreException {
    CheckReceipts checks = new CheckReceipts(writer, CheckReceipts.Mode.COUNTED, clock);

    checks.record(RECEIPT, answer());
    checks.record(RECEIPT, answer());
    checks.flush();
    writer.drain();
    boolean early = !leaves().isEmpty();
    now = now.plusSeconds(60);
    checks.flush();
    writer.drain();

    assertThat(told).containsExactly("done", "done");
    assertThat(early).isFalse();
    assertThat(leaves())
        .singleElement()
        .satisfies(leaf -> {
          assertThat(leaf.receipt().decision()).isEqualTo("deny");
          assertThat(leaf.receipt().actor()).isEqualTo("alice");
          assertThat(leaf.receipt().reason()).isEqualTo("2 times: no-prod");
        });
  }

  private List<Leaf> leaves() throws StoreException {
    List<Leaf> leaves = new ArrayList<>();
    for (var row : store.archive().journal(0, 100)) {
      for (Bytes leaf : JournalDocument.read(row.bytes()).leaves()) {
        leaves.add(Leaf.read(leaf));
      }
    }
    return leaves;
  }

  private Answer<Boolean> answer() {
    return new Answer<>() {
      @Override
      public void done(Boolean written) {
        told.add("done");
      }

      @Override
      public void refused(Problem problem) {
        told.add(problem.reason());
      }
    };
  }
}

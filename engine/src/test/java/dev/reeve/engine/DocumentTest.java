package dev.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.DocumentChange;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.FaultyJobLog.Fault;
import dev.reeve.ledger.Receipt;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Documents that are committed with their receipt.
class DocumentTest {
  private static final DocumentChange.Put FIRST = put("a/1", "first");
  private static final DocumentChange.Put SECOND = put("a/2", "second");

  private final Rig rig = new Rig();

  @Test
  void a_document_and_its_receipt_are_one_commit_that_outlives_a_restart() {
    long before = rig.position();

    Reply<Boolean> noted = note(FIRST, SECOND);
    rig.group();

    assertThat(noted.outcome()).isTrue();
    assertThat(rig.position()).isEqualTo(before + 1);
    assertThat(rig.log.head().leafCount()).isOne();
    rig.restart();
    assertThat(rig.store.documents("a/")).containsExactly(FIRST, SECOND);
    assertThat(rig.store.documents("b")).isEmpty();
  }

  @Test
  void documents_need_no_receipt() throws StoreException {
    Reply<Boolean> noted = new Reply<>();
    rig.writer.offer(new LogCommand.Note(List.of(), List.of(FIRST), noted));
    rig.group();

    assertThat(noted.outcome()).isTrue();
    assertThat(rig.store.documents("")).containsExactly(FIRST);
    assertThat(rig.log.head().leafCount()).isZero();
    assertThat(JournalDocument.read(rig.store.archive().journal(0, 10).getLast().bytes()).leaves())
        .isEmpty();
    rig.restart();
    rig.submit(Sketch.job("after"));
    rig.audit();
  }

  @Test
  void the_last_word_of_a_group_on_a_document_counts() {
    note(FIRST, new DocumentChange.Drop("a/2"));
    note(new DocumentChange.Drop("a/1"), SECOND);
    note(put("a/2", "third"));
    rig.group();

    assertThat(rig.store.documents("a/")).containsExactly(put("a/2", "third"));
    assertThat(rig.log.head().leafCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_document_is_written_with_its_receipt_or_neither_is(Fault fault) {
    rig.log.failCommit(fault);

    Reply<Boolean> noted = note(FIRST);
    rig.settle();

    boolean happened = fault == Fault.UNDECIDED;
    assertThat(noted.times()).isOne();
    if (happened) {
      assertThat(noted.outcome()).isTrue();
    } else {
      assertThat(noted.problem().reason()).isNotEmpty();
    }
    assertThat(rig.store.documents("")).hasSize(happened ? 1 : 0);
    assertThat(rig.log.head().leafCount()).isEqualTo(happened ? 1 : 0);
  }

  @Test
  void a_full_disk_takes_no_document_and_the_next_one_after_it_is_free() {
    rig.log.fill(100);
    rig.offer(Sketch.job("first-refused").route("job.nowhere"));
    rig.settle();
    assertThat(rig.writer.health().state()).isEqualTo(WriterHealth.State.STORE_FULL);

    Reply<Boolean> refused = note(FIRST);
    rig.settle();

    assertThat(refused.problem().reason()).isEqualTo("STORE_FULL");
    assertThat(rig.store.documents("")).isEmpty();
    rig.log.makeRoom();
    rig.pass(Duration.ofSeconds(1));
    Reply<Boolean> taken = note(SECOND);
    rig.settle();
    assertThat(taken.outcome()).isTrue();
    assertThat(rig.store.documents("")).containsExactly(SECOND);
  }

  @Test
  void a_poisonous_neighbour_takes_no_document_with_it() {
    Reply<Boolean> before = note(FIRST);
    Reply<Boolean> poison = new Reply<>();
    rig.writer.offer(
        new LogCommand.Look(
            _ -> {
              throw new IllegalStateException("poison");
            },
            poison));
    Reply<Boolean> after = note(SECOND);
    rig.settle();

    assertThat(before.outcome()).isTrue();
    assertThat(after.outcome()).isTrue();
    assertThat(poison.problem().reason()).isEqualTo("COMMAND_DEFECT");
    assertThat(rig.store.documents("")).containsExactly(FIRST, SECOND);
    assertThat(rig.log.head().leafCount()).isEqualTo(2);
  }

  @Test
  void documents_count_in_the_bytes_of_a_group() {
    int size = Writer.GROUP_BYTES_MAX / 2 + 1;
    long before = rig.position();
    for (int i = 0; i < 3; i++) {
      DocumentChange large = new DocumentChange.Put("large/" + i, 1, Bytes.wrap(new byte[size]));
      rig.writer.offer(new LogCommand.Note(List.of(), List.of(large), Answer.none()));
    }

    rig.settle();

    assertThat(rig.position()).isEqualTo(before + 2);
    assertThat(rig.store.documents("large/")).hasSize(3);
  }

  @Test
  void names_and_sizes_are_bounded() {
    assertThatThrownBy(() -> new DocumentChange.Drop("")).hasMessageContaining("1 to 200");
    assertThatThrownBy(() -> new DocumentChange.Drop("a".repeat(201)))
        .hasMessageContaining("201 characters");
    assertThatThrownBy(() -> put("\u00e4", "")).hasMessageContaining("ASCII");
    Bytes large = Bytes.wrap(new byte[DocumentChange.CONTENT_SIZE_MAX + 1]);
    assertThatThrownBy(() -> new DocumentChange.Put("a", 1, large))
        .hasMessageContaining("content: 8388609 bytes");
  }

  private static DocumentChange.Put put(String name, String content) {
    return new DocumentChange.Put(name, 7, Bytes.utf8(content));
  }

  private Reply<Boolean> note(DocumentChange... changes) {
    Reply<Boolean> noted = new Reply<>();
    rig.writer.offer(
        new LogCommand.Note(List.of(Receipt.of("action:check", "allow")), List.of(changes), noted));
    return noted;
  }
}

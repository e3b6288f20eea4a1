package dev.reeve.store;

import static dev.reeve.store.CommitBuilder.key;
import static dev.reeve.store.CommitBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What real databases add to the contract: even a commit that was decided wrongly is stored whole
/// or not at all.
abstract class DatabaseLogContract extends JobLogContract {
  @Test
  void a_job_that_ends_twice_is_a_defect_and_nothing_of_the_commit_is_stored()
      throws StoreException {
    LogHead head = commit(next().job().finish(1, 50));

    assertThatThrownBy(() -> log().commit(next().job().finish(1, 60).build()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(log().reopen()).isEqualTo(head);
    assertThat(archive().find(2)).isEmpty();
  }

  @Test
  void a_second_job_of_one_id_is_a_defect_and_nothing_of_the_commit_is_stored()
      throws StoreException {
    LogHead head = commit(next().job());
    Commit clash =
        new Commit(
            head,
            new LogHead(2, head.epoch(), 20, 3, 2, Bytes.EMPTY),
            text("journal"),
            List.of(new Commit.JobRow(2, key(1), text("admission"), text("events"), Bytes.EMPTY)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    assertThatThrownBy(() -> log().commit(clash)).isInstanceOf(IllegalStateException.class);

    assertThat(log().reopen()).isEqualTo(head);
    assertThat(archive().journal(0, 10)).hasSize(1);
  }

  @Test
  void a_commit_that_is_a_defect_leaves_its_documents_as_they_were() throws StoreException {
    LogHead head = commit(next().job().finish(1, 50).document("a", "kept").document("b", "kept"));

    assertThatThrownBy(() ->
            log().commit(next().job().finish(1, 60).document("a", "new").dropDocument("b").build()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(log().reopen()).isEqualTo(head);
    assertThat(store().documents().find("a").orElseThrow().content()).isEqualTo(text("kept"));
    assertThat(store().documents().find("b")).isPresent();
  }

  @Test
  void the_newest_document_of_a_name_is_there_after_a_restart() throws StoreException {
    KeptDocuments.Kept other = new KeptDocuments.Kept(text("other"), 5);
    KeptDocuments.Kept newest = new KeptDocuments.Kept(text("newest"), 9);
    assertThat(store().documents().find("posture")).isEmpty();

    store().documents().put("posture", new KeptDocuments.Kept(text("first"), 7));
    commit(next().job());
    store().documents().put("posture", newest);
    store().documents().put("consent", other);
    commit(next().job());
    restart();

    assertThat(store().documents().find("posture")).contains(newest);
    assertThat(store().documents().find("consent")).contains(other);
    assertThat(archive().find(2)).isPresent();
  }

  @Test
  void an_owner_of_before_keeps_no_document() throws StoreException {
    OpenStore before = store();
    restart();

    assertThatThrownBy(
            () -> before.documents().put("posture", new KeptDocuments.Kept(text("late"), 7)))
        .isInstanceOf(StoreException.class);

    assertThat(store().documents().find("posture")).isEmpty();
  }
}

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
}

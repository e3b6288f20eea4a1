package dev.reeve.store;

import static dev.reeve.store.CommitBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.JobArchive.JournalRow;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A process killed in the middle of commits loses nothing it was told is stored, and leaves no
/// half commit behind.
abstract class CrashContract {
  private static final int ROUNDS = 3;
  private static final int COMMITS_BEFORE_KILL = 40;

  /// The arguments of [CommitLoop].
  abstract String[] childArguments();

  /// Opens what the child left behind, however long its ownership lasts.
  abstract OpenStore open() throws StoreException;

  @Test
  void every_commit_that_returned_before_the_kill_is_there_and_each_is_whole()
      throws StoreException {
    long epoch = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long acknowledged = runAndKill();

      try (OpenStore store = open()) {
        LogHead head = store.log().head();
        assertThat(head.position()).isGreaterThanOrEqualTo(acknowledged);
        assertThat(head.epoch()).isGreaterThan(epoch);
        epoch = head.epoch();
        checkWhole(store, head);
      }
    }
  }

  private long runAndKill() {
    try (ChildJvm child = ChildJvm.start(CommitLoop.class, childArguments())) {
      assertThat(child.line()).startsWith("open ");
      for (int commit = 0; commit < COMMITS_BEFORE_KILL; commit++) {
        child.line();
      }
      List<String> last = child.kill();
      // The last line may have been cut by the kill; the one before it was not.
      return last.size() < 2 ? 0 : Long.parseLong(last.get(last.size() - 2));
    }
  }

  /// Each commit of the loop makes five jobs and ends the five before them.
  private static void checkWhole(OpenStore store, LogHead head) throws StoreException {
    JobArchive archive = store.log().archive();
    List<JournalRow> journal = archive.journal(0, Integer.MAX_VALUE);
    assertThat(journal).hasSize((int) head.position());
    assertThat(journal.getLast().position()).isEqualTo(head.position());
    List<StoredJob> jobs = archive.list(Optional.empty(), Long.MAX_VALUE, Integer.MAX_VALUE);
    assertThat(jobs).hasSize((int) head.nextJobNo() - 1);
    List<StoredJob> unfinished = new ArrayList<>();
    store.log().loadUnfinished(unfinished::add);
    assertThat(unfinished).extracting(StoredJob::jobNo).hasSize(5);
    for (StoredJob job : jobs.subList(0, 20)) {
      boolean newest = job.jobNo() >= head.nextJobNo() - 5;
      assertThat(job.isFinished()).isEqualTo(!newest);
      assertThat(archive.events(job.jobNo(), 3, 1_000))
          .contains(newest ? text("first events " + job.jobNo()) : text("segment " + job.jobNo()));
    }
  }
}

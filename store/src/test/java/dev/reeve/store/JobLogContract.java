package dev.reeve.store;

import static dev.reeve.store.CommitBuilder.key;
import static dev.reeve.store.CommitBuilder.scope;
import static dev.reeve.store.CommitBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.IdempotencyScope;
import dev.reeve.engine.port.JobLog;
import dev.reeve.engine.port.JobLog.Known;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.engine.port.StoredJobState;
import dev.reeve.job.JobKey;
import dev.reeve.job.StateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the writer may rely on, whichever store it has.
abstract class JobLogContract extends StoreContract {
  @Test
  void an_empty_log_stands_at_position_zero_in_its_first_epoch() throws StoreException {
    assertThat(head()).isEqualTo(LogHead.empty(1));
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void every_opening_raises_the_epoch_and_keeps_the_rest_of_the_head() throws StoreException {
    LogHead committed = commit(next().jobs(2));

    restart();

    assertThat(head())
        .isEqualTo(
            new LogHead(
                1,
                committed.epoch() + 1,
                committed.nowMicros(),
                3,
                committed.leafCount(),
                committed.frontier()));
  }

  @Test
  void unfinished_jobs_come_back_in_order_with_all_their_segments() throws StoreException {
    commit(next().jobs(3));
    commit(next().segment(1, 2, "1b").segment(3, 2, "3b"));
    commit(next().segment(3, 2, "3c").finish(2, 50));
    commit(next().segment(3, 7, "3d"));

    restart();

    assertThat(unfinished())
        .containsExactly(
            new StoredJob(
                1, text("admission 1"), text("first events 1"), List.of(text("1b")), Bytes.EMPTY),
            new StoredJob(
                3,
                text("admission 3"),
                text("first events 3"),
                List.of(text("3b"), text("3c"), text("3d")),
                Bytes.EMPTY));
  }

  @Test
  void a_job_may_be_new_and_finished_in_one_commit() throws StoreException {
    commit(next().job().finish(1, 77));

    assertThat(unfinished()).isEmpty();
    assertThat(archive().find(1).map(StoredJob::outcome)).contains(text("outcome 1"));
  }

  @Test
  void lookup_tells_taken_keys_and_known_ids_and_nothing_of_others() throws StoreException {
    commit(next().jobs(2).takeKey("k1", 1, 1_000).finish(2, 50));

    Known known =
        log()
            .lookup(
                List.of(scope("k1"), scope("other")),
                List.of(key(1), key(2), key(9), new JobKey("stranger", "job-1")),
                999);

    assertThat(known.keys())
        .containsOnlyKeys(scope("k1"))
        .containsValue(new Commit.KeyRow(scope("k1"), Sha256.of(text("k1")), 1, "job-1", 1_000));
    assertThat(known.jobs())
        .containsOnlyKeys(key(1), key(2))
        .containsEntry(key(1), new StoredJobState(1, Optional.empty()))
        .containsEntry(key(2), new StoredJobState(2, Optional.of(StateName.COMPLETED)));
  }

  @Test
  void an_empty_lookup_finds_nothing() throws StoreException {
    Known known = log().lookup(List.of(), List.of(), 0);

    assertThat(known.keys()).isEmpty();
    assertThat(known.jobs()).isEmpty();
  }

  @Test
  void an_expired_key_is_not_known_and_may_be_taken_by_another_job() throws StoreException {
    commit(next().jobs(2).takeKey("k", 1, 15));

    assertThat(log().lookup(List.of(scope("k")), List.of(), 15).keys()).isEmpty();

    commit(next().takeKey("k", 2, 5_000));

    assertThat(log().lookup(List.of(scope("k")), List.of(), 15).keys().get(scope("k")))
        .extracting(Commit.KeyRow::jobNo)
        .isEqualTo(2L);
  }

  @Test
  void keys_differ_by_each_part_of_their_scope() throws StoreException {
    commit(next().job().takeKey("k", 1, 1_000));

    var base = scope("k");
    var others =
        List.of(
            new IdempotencyScope("t", base.project(), base.dialect(), "k"),
            new IdempotencyScope(base.tenant(), "p", base.dialect(), "k"),
            new IdempotencyScope(base.tenant(), base.project(), "d", "k"),
            scope("K"));

    assertThat(log().lookup(others, List.of(), 0).keys()).isEmpty();
  }

  @Test
  void a_commit_on_a_head_that_moved_is_ownership_lost_and_changes_nothing() throws StoreException {
    LogHead before = head();
    LogHead after = commit(next().job());
    Commit late = CommitBuilder.after(before).job().build();

    assertThatThrownBy(() -> log().commit(late)).isInstanceOf(StoreException.OwnershipLost.class);

    assertThat(log().reopen()).isEqualTo(after);
    assertThat(archive().list(Optional.empty(), Long.MAX_VALUE, 10)).hasSize(1);
  }

  @Test
  void a_failed_log_refuses_everything_until_it_is_reopened() throws StoreException {
    LogHead before = head();
    commit(next().job());
    assertThatThrownBy(() -> log().commit(CommitBuilder.after(before).job().build()))
        .isInstanceOf(StoreException.OwnershipLost.class);

    assertThatThrownBy(() -> log().commit(next().job().build()))
        .isInstanceOf(StoreException.Unavailable.class);
    assertThatThrownBy(() -> log().lookup(List.of(), List.of(), 0))
        .isInstanceOf(StoreException.Unavailable.class);

    log().reopen();
    assertThat(commit(next().job()).position()).isEqualTo(2);
  }

  @Test
  void reopen_of_a_healthy_log_changes_nothing() throws StoreException {
    LogHead head = commit(next().job());

    assertThat(log().reopen()).isEqualTo(head);
    assertThat(commit(next().job()).position()).isEqualTo(2);
  }

  @Test
  void removal_takes_the_oldest_finished_jobs_whole_and_leaves_the_rest() throws StoreException {
    commit(next().jobs(4).takeKey("k1", 1, 9_000).takeKey("k3", 3, 9_000));
    commit(next().segment(1, 2, "1b").finish(1, 300));
    commit(next().segment(2, 2, "2b").finish(2, 100).finish(3, 200));

    int removed = log().removeFinished(300, 1);

    assertThat(removed).isEqualTo(1);
    assertThat(archive().find(2)).isEmpty();
    assertThat(archive().events(2, 1, 1_000)).isEmpty();
    assertThat(archive().find(3)).isPresent();

    assertThat(log().removeFinished(300, 10)).isEqualTo(1);
    assertThat(log().removeFinished(300, 10)).isZero();
    assertThat(archive().list(Optional.empty(), Long.MAX_VALUE, 10))
        .extracting(StoredJob::jobNo)
        .containsExactly(4L, 1L);
    Known known =
        log().lookup(List.of(scope("k1"), scope("k3")), List.of(key(1), key(3), key(4)), 0);
    assertThat(known.keys()).containsOnlyKeys(scope("k1"));
    assertThat(known.jobs()).containsOnlyKeys(key(1), key(4));
  }

  @Test
  void receipts_outlive_the_jobs_they_speak_of() throws StoreException {
    commit(next().job().finish(1, 10).tile(0, Bytes.wrap(new byte[8192])));

    log().removeFinished(1_000, 10);

    assertThat(archive().journal(0, 10)).hasSize(1);
    assertThat(archive().tiles(0, 10)).hasSize(1);
  }

  @Test
  void an_id_is_free_again_once_its_job_is_removed() throws StoreException {
    commit(next().job().finish(1, 10));
    log().removeFinished(1_000, 10);
    LogHead head = head();

    log()
        .commit(
            new Commit(
                head,
                new LogHead(2, head.epoch(), 20, 3, 2, Bytes.EMPTY),
                text("journal"),
                List.of(
                    new Commit.JobRow(2, key(1), text("admission"), text("events"), Bytes.EMPTY)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of()));

    assertThat(archive().find(key(1)).map(StoredJob::jobNo)).contains(2L);
  }

  @Test
  void documents_of_a_commit_are_there_after_a_restart_and_dropped_ones_are_not()
      throws StoreException {
    commit(next().job().document("a/1", "one").document("a/2", "two").document("b", "other"));
    commit(next().document("a/2", "newer").dropDocument("a/1").dropDocument("never"));
    commit(next().document("a/3", ""));

    restart();

    assertThat(store().documents().find("a/1")).isEmpty();
    assertThat(store().documents().find("a/2")).contains(new KeptDocuments.Kept(text("newer"), 7));
    assertThat(documents("a/")).containsExactlyInAnyOrder("newer", "");
    assertThat(documents("b")).containsExactly("other");
    assertThat(documents("c")).isEmpty();
    assertThat(archive().journal(0, 10)).hasSize(3);
  }

  @Test
  void documents_are_listed_by_their_prefix_however_many_there_are() throws StoreException {
    CommitBuilder many = next().document("p", "before").document("p0", "beside");
    List<String> contents = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      // Hyphens, slashes and letters between digits: an order by language has its own mind of them.
      String name = "p/%s/%03d-".formatted(Integer.toHexString(i * 7_919), i);
      many.document(name, name);
      contents.add(name);
    }
    commit(many.document("q", "after"));

    assertThat(documents("p/")).containsExactlyInAnyOrderElementsOf(contents);
    assertThat(documents("")).hasSize(103);
  }

  @Test
  void an_owner_of_before_commits_no_document() throws StoreException {
    JobLog before = log();
    Commit late = next().document("a", "late").build();
    restart();

    assertThatThrownBy(() -> before.commit(late))
        .isInstanceOfAny(StoreException.class, IllegalStateException.class);

    assertThat(store().documents().find("a")).isEmpty();
  }

  private List<String> documents(String prefix) throws StoreException {
    List<String> contents = new ArrayList<>();
    store().documents().each(prefix, kept -> contents.add(kept.content().utf8()));
    return contents;
  }

  @Test
  void the_reserve_can_be_given_up_and_taken_back() throws StoreException {
    log().releaseReserve();

    assertThat(commit(next().job()).position()).isEqualTo(1);
    assertThat(log().restoreReserve()).isTrue();
    assertThat(commit(next().job()).position()).isEqualTo(2);
  }

  @Test
  void close_twice_is_once() {
    log().close();
    log().close();
    store().close();
  }
}

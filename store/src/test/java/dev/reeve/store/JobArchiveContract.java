package dev.reeve.store;

import static dev.reeve.store.CommitBuilder.TENANT;
import static dev.reeve.store.CommitBuilder.key;
import static dev.reeve.store.CommitBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobArchive.JournalRow;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Content;
import dev.reeve.job.JobKey;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What readers may rely on, whichever store it is.
abstract class JobArchiveContract extends StoreContract {
  @Test
  void a_job_is_found_by_number_and_by_key_and_only_so() throws StoreException {
    commit(next().jobs(2).finish(2, 40));

    StoredJob first =
        new StoredJob(1, text("admission 1"), text("first events 1"), List.of(), Bytes.EMPTY);
    StoredJob second =
        new StoredJob(2, text("admission 2"), text("first events 2"), List.of(), text("outcome 2"));
    assertThat(archive().find(1)).contains(first);
    assertThat(archive().find(key(2))).contains(second);
    assertThat(archive().find(3)).isEmpty();
    assertThat(archive().find(new JobKey("stranger", "job-1"))).isEmpty();
    assertThat(archive().find(new JobKey(TENANT, "JOB-1"))).isEmpty();
    assertThat(archive().findInAnyTenant("job-2")).contains(second);
    assertThat(archive().findInAnyTenant("job-3")).isEmpty();
    assertThat(archive().findInAnyTenant("JOB-1")).isEmpty();
  }

  @Test
  void events_begin_with_the_document_that_contains_the_sequence_number() throws StoreException {
    commit(next().job());
    commit(next().segment(1, 3, "from 3"));
    commit(next().segment(1, 5, "from 5"));
    commit(next().segment(1, 9, "from 9"));

    assertThat(archive().events(1, 1, 1_000))
        .containsExactly(text("first events 1"), text("from 3"), text("from 5"), text("from 9"));
    assertThat(archive().events(1, 2, 1_000)).hasSize(4);
    assertThat(archive().events(1, 3, 1_000))
        .containsExactly(text("from 3"), text("from 5"), text("from 9"));
    assertThat(archive().events(1, 8, 1_000)).containsExactly(text("from 5"), text("from 9"));
    assertThat(archive().events(1, 500, 1_000)).containsExactly(text("from 9"));
  }

  @Test
  void internal_events_before_a_visible_one_do_not_hide_it() throws StoreException {
    commit(next().job());
    commit(next().segment(1, 3, "internal, before 3"));
    commit(next().segment(1, 3, "from 3"));
    commit(next().segment(1, 4, "internal, after 3"));

    assertThat(archive().events(1, 3, 1_000))
        .containsExactly(text("from 3"), text("internal, after 3"));
    assertThat(archive().events(1, 1, 1_000)).hasSize(4);
  }

  @Test
  void events_stop_after_the_document_that_fills_the_size() throws StoreException {
    commit(next().job());
    commit(next().segment(1, 3, "0123456789"));
    commit(next().segment(1, 4, "0123456789"));
    commit(next().segment(1, 5, "0123456789"));

    assertThat(archive().events(1, 3, 10)).hasSize(1);
    assertThat(archive().events(1, 3, 11)).hasSize(2);
    assertThat(archive().events(1, 3, 1)).hasSize(1);
    assertThat(archive().events(1, 1, 0)).containsExactly(text("first events 1"));
    assertThat(archive().events(7, 1, 100)).isEmpty();
  }

  @Test
  void a_long_stream_is_read_page_by_page_without_gap() throws StoreException {
    commit(next().job());
    for (int seq = 3; seq < 203; seq++) {
      commit(next().segment(1, seq, "from " + seq));
    }

    List<Bytes> page = archive().events(1, 3, 1_000);
    int from = 3 + page.size();

    assertThat(page.getLast()).isEqualTo(text("from " + (from - 1)));
    assertThat(archive().events(1, from, 1_000_000)).hasSize(203 - from);
  }

  @Test
  void payload_and_result_come_from_the_row_when_small() throws StoreException {
    commit(next().job().finish(1, 10));
    Content payload = Content.of("text/plain", text("payload 1"));
    Content result = Content.of("text/plain", text("result 1"));

    assertThat(archive().payload(1, TENANT, payload)).contains(text("payload 1"));
    assertThat(archive().result(1, TENANT, result)).contains(text("result 1"));
  }

  @Test
  void payload_and_result_come_from_blobs_when_large() throws StoreException {
    Bytes medium = text("m".repeat(50_000));
    Bytes large = text("l".repeat(700_000));
    Content payload = Content.of("text/plain", medium);
    Content result = Content.of("text/plain", large);
    store().blobs().put(TENANT, result.sha256(), large);
    commit(next().job(TENANT, "").blob(1, medium).putBlob(1, large).finish(1, 10, ""));

    assertThat(archive().payload(1, TENANT, payload)).contains(medium);
    assertThat(archive().result(1, TENANT, result)).contains(large);
    assertThat(archive().result(1, "stranger", result)).isEmpty();
  }

  @Test
  void an_empty_payload_is_empty_and_an_unknown_one_is_absent() throws StoreException {
    commit(next().job(TENANT, ""));

    assertThat(archive().payload(1, TENANT, Content.of("", Bytes.EMPTY))).contains(Bytes.EMPTY);
    assertThat(archive().payload(1, TENANT, Content.of("", text("never seen")))).isEmpty();
  }

  @Test
  void jobs_are_listed_from_the_newest_down_by_tenant_and_by_page() throws StoreException {
    commit(next().job("a", "x").job("b", "x").job("a", "x").job("a", "x"));

    assertThat(numbers(Optional.empty(), Long.MAX_VALUE, 10)).containsExactly(4L, 3L, 2L, 1L);
    assertThat(numbers(Optional.of("a"), Long.MAX_VALUE, 2)).containsExactly(4L, 3L);
    assertThat(numbers(Optional.of("a"), 3, 2)).containsExactly(1L);
    assertThat(numbers(Optional.of("none"), Long.MAX_VALUE, 2)).isEmpty();
  }

  @Test
  void the_journal_is_read_in_order_from_any_position() throws StoreException {
    LogHead first = commit(next().job());
    commit(next().job());
    LogHead third = commit(next().job());

    assertThat(archive().journal(0, 1))
        .containsExactly(new JournalRow(1, first.epoch(), first.nowMicros(), text("journal 1")));
    assertThat(archive().journal(1, 10)).extracting(JournalRow::position).containsExactly(2L, 3L);
    assertThat(archive().journal(third.position(), 10)).isEmpty();
  }

  @Test
  void tiles_are_read_in_order_from_any_index() throws StoreException {
    Bytes hashes = Bytes.wrap(new byte[8_192]);
    commit(next().tile(0, hashes).tile(1, hashes));
    commit(next().tile(2, hashes));

    assertThat(archive().tiles(1, 10))
        .containsExactly(new Commit.TileRow(1, hashes), new Commit.TileRow(2, hashes));
    assertThat(archive().tiles(0, 1)).hasSize(1);
  }

  @Test
  void bytes_come_back_as_they_went_in_whatever_they_are() throws StoreException {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    String tenant = "tenant \u0001 'quoted' \u00e4\u4e16\ud83d\ude00";
    LogHead head = head();
    log()
        .commit(
            new Commit(
                head,
                new LogHead(1, head.epoch(), 10, 2, 1, Bytes.copyOf(every)),
                Bytes.copyOf(every),
                List.of(
                    new Commit.JobRow(
                        1,
                        new JobKey(tenant, "id"),
                        Bytes.copyOf(every),
                        Bytes.copyOf(every),
                        Bytes.copyOf(every))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of()));

    restart();

    assertThat(head().frontier()).isEqualTo(Bytes.copyOf(every));
    assertThat(archive().find(new JobKey(tenant, "id")).map(StoredJob::admission))
        .contains(Bytes.copyOf(every));
    assertThat(archive().payload(1, tenant, Content.of("", Bytes.copyOf(every))))
        .contains(Bytes.copyOf(every));
  }

  @Test
  void many_readers_see_each_commit_as_soon_as_it_returned() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 1; round <= 20; round++) {
        commit(next().job());
        long jobNo = round;
        Callable<Boolean> look = () -> archive().find(jobNo).isPresent();

        assertThat(executor.invokeAll(Collections.nCopies(16, look)))
            .allSatisfy(seen -> assertThat(seen.get()).isTrue());
      }
    }
  }

  private List<Long> numbers(Optional<String> tenant, long below, int limit) throws StoreException {
    return archive().list(tenant, below, limit).stream().map(StoredJob::jobNo).toList();
  }
}

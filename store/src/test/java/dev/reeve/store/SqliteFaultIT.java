package dev.reeve.store;

import static dev.reeve.store.CommitBuilder.TENANT;
import static dev.reeve.store.CommitBuilder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.testing.Await;
import dev.reeve.testing.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the embedded store does when the disk or a person gets in its way.
final class SqliteFaultIT {
  private static final SqliteLimits SMALL =
      new SqliteLimits(100, SqliteLimits.DEFAULT.copyFromBytes(), 64L * 1024 * 1024);

  @TempDir Path data;

  @Test
  void a_full_disk_refuses_the_commit_whole_and_the_store_goes_on_when_there_is_room()
      throws StoreException {
    LogHead last;
    try (OpenStore store = open(SMALL)) {
      last = fill(store);

      assertThat(store.log().reopen()).isEqualTo(last);
      assertThat(store.log().archive().find(last.nextJobNo())).isEmpty();
      assertThat(store.log().archive().journal(last.position() - 1, 10)).hasSize(1);
    }

    try (OpenStore store = open(SqliteLimits.DEFAULT)) {
      assertThat(store.log().head().position()).isEqualTo(last.position());
      store.log().commit(big(store.log().head()).build());
      assertThat(store.log().head().position()).isEqualTo(last.position() + 1);
    }
  }

  @Test
  void a_full_disk_is_met_again_and_again_without_harm() throws StoreException {
    try (OpenStore store = open(SMALL)) {
      LogHead last = fill(store);
      for (int attempt = 0; attempt < 3; attempt++) {
        store.log().reopen();
        assertThatThrownBy(() -> store.log().commit(big(last).build()))
            .isInstanceOf(StoreException.DiskFull.class);
      }
      assertThat(store.log().reopen()).isEqualTo(last);
    }
  }

  @Test
  void a_full_disk_refuses_a_policy_whole_and_takes_it_when_there_is_room() throws StoreException {
    KeptPolicies.Bounds bounds = new KeptPolicies.Bounds(10, 1L << 30);
    List<PolicyRows.File> small = List.of(new PolicyRows.File("a", text("a"), false, false));
    List<PolicyRows.File> large =
        List.of(
            new PolicyRows.File("a", text("a"), false, false),
            new PolicyRows.File("b", Bytes.wrap(new byte[2_000_000]), false, false));
    try (OpenStore store = open(SMALL)) {
      store.policies().put("small", 1, "source", small, bounds);

      assertThatThrownBy(() -> store.policies().put("large", 2, "source", large, bounds))
          .isInstanceOf(StoreException.DiskFull.class);

      assertThat(store.policies().newestFirst()).hasSize(1);
      assertThat(store.policies().files("large")).isEmpty();
      assertThat(store.policies().files("small")).contains(small);
    }
    try (OpenStore store = open(SqliteLimits.DEFAULT)) {
      store.policies().put("large", 3, "source", large, bounds);
      assertThat(store.policies().files("large")).contains(large);
    }
  }

  @Test
  void the_reserve_is_a_file_that_comes_and_goes() throws IOException, StoreException {
    Path reserve = data.resolve("reserve.bin");
    try (OpenStore store = open(SqliteLimits.DEFAULT)) {
      assertThat(Files.size(reserve)).isEqualTo(ReserveFile.SIZE_BYTES);

      assertThat(store.log().releaseReserve()).isTrue();
      assertThat(reserve).doesNotExist();
      assertThat(store.log().releaseReserve()).isFalse();

      assertThat(store.log().restoreReserve()).isTrue();
      assertThat(Files.size(reserve)).isEqualTo(ReserveFile.SIZE_BYTES);
    }
  }

  @Test
  void a_blob_file_that_was_changed_is_found_out() throws IOException, StoreException {
    Bytes content = Bytes.wrap(new byte[100_000]);
    try (OpenStore store = open(SqliteLimits.DEFAULT)) {
      store.blobs().put(TENANT, Sha256.of(content), content);
      Path file = blobFiles().getFirst();
      byte[] changed = Files.readAllBytes(file);
      changed[50_000] ^= 1;
      Files.write(file, changed);

      assertThatThrownBy(() -> store.blobs().get(TENANT, Sha256.of(content)))
          .isInstanceOf(StoreException.Damaged.class);
    }
  }

  @Test
  void halves_of_blobs_left_by_a_crash_are_cleared_away() throws IOException, StoreException {
    open(SqliteLimits.DEFAULT).close();
    Path half = Files.write(data.resolve("blobs/incoming/7"), new byte[10]);

    open(SqliteLimits.DEFAULT).close();

    assertThat(half).doesNotExist();
  }

  @Test
  void a_file_that_is_no_database_is_damaged_and_left_alone() throws IOException {
    Path file = data.resolve("reeve.db");
    byte[] garbage =
        "not a database, but long enough to be looked at"
            .repeat(500)
            .getBytes(StandardCharsets.UTF_8);
    Files.write(file, garbage);

    assertThatThrownBy(() -> open(SqliteLimits.DEFAULT)).isInstanceOf(StoreException.Damaged.class);

    assertThat(Files.readAllBytes(file)).isEqualTo(garbage);
  }

  @Test
  void a_person_may_look_in_while_we_write() throws SQLException, StoreException {
    try (OpenStore store = open(SqliteLimits.DEFAULT);
        Connection person = connect()) {
      commitJobs(store, 10);
      assertThat(count(person, "job")).isEqualTo(10);

      commitJobs(store, 10);
      assertThat(count(person, "job")).isEqualTo(20);
    }
  }

  @Test
  void a_person_who_wrote_the_head_is_noticed() throws SQLException, StoreException {
    try (OpenStore store = open(SqliteLimits.DEFAULT);
        Connection person = connect();
        Statement statement = person.createStatement()) {
      statement.execute("UPDATE log SET position = 99");

      assertThatThrownBy(() -> commitJobs(store, 1))
          .isInstanceOf(StoreException.OwnershipLost.class);
    }
  }

  @Test
  void the_write_ahead_log_stays_small_under_load() throws IOException, StoreException {
    long restartFrom = 1024 * 1024;
    SqliteLimits limits =
        new SqliteLimits(SqliteLimits.DEFAULT.filePagesMax(), 64 * 1024, restartFrom);
    Path wal = data.resolve("reeve.db-wal");
    try (OpenStore store = open(limits)) {
      long written = 0;
      while (written < 40 * restartFrom) {
        store.log().commit(big(store.log().head()).build());
        written += BIG_BYTES;
        // As much load as the disk can copy, not more: a slow machine proves the same.
        long copied = written - 2 * restartFrom;
        Await.until("the log is copied", () -> databaseBytes() >= copied);
      }
      assertThat(Files.size(wal)).isLessThan(20 * restartFrom);

      Await.until("the log is copied", () -> databaseBytes() > 20 * restartFrom);
    }
    assertThat(wal).doesNotExist();
  }

  @Test
  void short_jobs_cost_two_commits_and_four_rows_each() throws SQLException, StoreException {
    try (OpenStore store = open(SqliteLimits.DEFAULT)) {
      CommitBuilder admit = CommitBuilder.after(store.log().head()).jobs(10);
      for (int jobNo = 1; jobNo <= 10; jobNo++) {
        admit.takeKey("k" + jobNo, jobNo, 1_000);
      }
      store.log().commit(admit.build());
      CommitBuilder end = CommitBuilder.after(store.log().head());
      for (int jobNo = 1; jobNo <= 10; jobNo++) {
        end.segment(jobNo, 3, "the rest").finish(jobNo, 50);
      }
      store.log().commit(end.build());

      try (Connection person = connect()) {
        // Inserted; the fourth is the update of the job.
        assertThat(count(person, "job")).isEqualTo(10);
        assertThat(count(person, "segment")).isEqualTo(10);
        assertThat(count(person, "idempotency")).isEqualTo(10);
        assertThat(count(person, "journal")).isEqualTo(2);
        assertThat(count(person, "log")).isEqualTo(1);
        assertThat(count(person, "blob")).isZero();
        assertThat(count(person, "blob_use")).isZero();
        assertThat(count(person, "tile")).isZero();
      }
    }
  }

  private static final int BIG_BYTES = 10 * 4_000;

  private static CommitBuilder big(LogHead head) {
    CommitBuilder builder = CommitBuilder.after(head);
    for (int i = 0; i < 10; i++) {
      builder.job(TENANT, "x".repeat(4_000));
    }
    return builder;
  }

  /// Commits until the disk is full; answers the last head that was stored.
  private static LogHead fill(OpenStore store) {
    LogHead last = store.log().head();
    for (int commits = 0; commits < 1_000; commits++) {
      try {
        store.log().commit(big(last).build());
        last = store.log().head();
      } catch (StoreException.DiskFull e) {
        assertThat(commits).isPositive();
        return last;
      } catch (StoreException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("the disk never filled up");
  }

  private static void commitJobs(OpenStore store, int count) throws StoreException {
    store.log().commit(CommitBuilder.after(store.log().head()).jobs(count).build());
  }

  private OpenStore open(SqliteLimits limits) throws StoreException {
    return SqliteStore.open(data, new FakeClock(), SchemaMigrations.sqlite(), limits);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("reeve.db"));
  }

  private static int count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private long databaseBytes() {
    return data.resolve("reeve.db").toFile().length();
  }

  private List<Path> blobFiles() throws IOException {
    try (Stream<Path> paths = Files.walk(data.resolve("blobs"))) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }
}

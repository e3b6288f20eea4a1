package dev.reeve.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import dev.reeve.testing.Await;
import dev.reeve.testing.FakeClock;
import dev.reeve.testing.PostgresDatabase;
import dev.reeve.testing.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What the shared store does when its server or its connections go away.
final class PostgresFaultIT {
  private static final String OF_WRITER =
      " FROM pg_stat_activity WHERE application_name = 'reeve' AND datname = current_database()"
          + " AND wait_event_type = 'Lock'";

  @Test
  void a_connection_that_dies_in_the_middle_of_a_commit_leaves_nothing_of_it() throws Exception {
    PostgresDatabase database = PostgresServer.shared().createDatabase();
    try (OpenStore store = open(database);
        Connection other = connect(database);
        Statement statement = other.createStatement()) {
      store.log().commit(CommitBuilder.after(store.log().head()).job().build());
      LogHead head = store.log().head();
      // The head and the new job are written, then the commit stands before this lock.
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE segment IN EXCLUSIVE MODE");
      Commit commit = CommitBuilder.after(head).job().segment(1, 2, "events").build();
      CompletableFuture<Void> committing =
          CompletableFuture.runAsync(() ->
              assertThatThrownBy(() -> store.log().commit(commit))
                  .isInstanceOf(StoreException.Unavailable.class));
      Await.until(
          "the commit waits", () -> query(database, "SELECT count(*)" + OF_WRITER).equals("1"));

      query(database, "SELECT pg_terminate_backend(pid)" + OF_WRITER);
      committing.join();
      other.rollback();

      assertThat(store.log().reopen()).isEqualTo(head);
      assertThat(store.log().archive().find(2)).isEmpty();
      store.log().commit(CommitBuilder.after(head).job().segment(1, 2, "events").build());
      assertThat(store.log().archive().find(2)).isPresent();
    }
  }

  @Test
  void connections_that_died_while_idle_are_replaced_except_the_writers() throws StoreException {
    PostgresDatabase database = PostgresServer.shared().createDatabase();
    try (OpenStore store = open(database)) {
      store.log().commit(CommitBuilder.after(store.log().head()).job().build());
      LogHead head = store.log().head();
      assertThat(store.log().archive().find(1)).isPresent();
      store.renewLease();

      query(
          database,
          "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
              + " WHERE application_name = 'reeve' AND datname = current_database()");

      assertThat(store.log().archive().find(1)).isPresent();
      assertThatThrownBy(store::renewLease).isInstanceOf(StoreException.Unavailable.class);
      store.renewLease();
      assertThatThrownBy(() -> store.log().commit(CommitBuilder.after(head).job().build()))
          .isInstanceOf(StoreException.Unavailable.class);
      assertThat(store.log().reopen()).isEqualTo(head);
    }
  }

  @Test
  void a_server_that_was_killed_comes_back_with_every_commit_that_returned() throws StoreException {
    try (PostgresServer server = PostgresServer.start()) {
      OpenStore store = open(server.createDatabase());
      for (int i = 0; i < 20; i++) {
        store.log().commit(CommitBuilder.after(store.log().head()).jobs(3).build());
      }
      LogHead head = store.log().head();

      server.kill();
      assertThatThrownBy(() -> store.log().commit(CommitBuilder.after(head).job().build()))
          .isInstanceOf(StoreException.Unavailable.class);
      assertThatThrownBy(() -> store.log().reopen()).isInstanceOf(StoreException.Unavailable.class);

      server.resume();
      assertThat(store.log().reopen()).isEqualTo(head);
      assertThat(store.log().archive().journal(0, 100)).hasSize(20);
      store.log().commit(CommitBuilder.after(head).job().build());
      store.renewLease();
      store.close();
    }
  }

  @Test
  void a_server_that_falls_silent_is_given_up() throws Exception {
    PostgresDatabase database = PostgresServer.shared().createDatabase();
    try (SilentProxy proxy = SilentProxy.to(database.host(), database.port());
        OpenStore store =
            Stores.postgres(
                database
                    .url()
                    .replace(":" + database.port() + "/", ":" + proxy.port() + "/")
                    .concat("?socketTimeout=1"),
                "node",
                InstantSource.system())) {
      store.log().commit(CommitBuilder.after(store.log().head()).job().build());
      LogHead head = store.log().head();

      proxy.fallSilent();

      assertThatThrownBy(() -> store.log().commit(CommitBuilder.after(head).job().build()))
          .isInstanceOf(StoreException.Unavailable.class);
    }
  }

  @Test
  void commits_are_flushed_even_where_the_database_says_otherwise() throws SQLException {
    PostgresDatabase database = PostgresServer.shared().createDatabase();
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE " + database.name() + " SET synchronous_commit = off");
    }

    try (Connection writer =
            new dev.reeve.store.PostgresDatabase(
                    PostgresAddress.parse(database.url()), new FakeClock())
                .connectWriter();
        Statement statement = writer.createStatement();
        var rows = statement.executeQuery("SHOW synchronous_commit")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("on");
    }
  }

  @Test
  void a_full_disk_and_damaged_data_are_told_from_a_server_that_is_away() {
    assertThat(fault("53100")).isInstanceOf(StoreException.DiskFull.class);
    assertThat(fault("XX001")).isInstanceOf(StoreException.Damaged.class);
    assertThat(fault("XX002")).isInstanceOf(StoreException.Damaged.class);
    assertThat(fault("08006")).isInstanceOf(StoreException.Unavailable.class);
    assertThat(fault("57P01")).isInstanceOf(StoreException.Unavailable.class);
    assertThat(fault("40001")).isInstanceOf(StoreException.Unavailable.class);
    assertThatThrownBy(() -> fault("23505")).isInstanceOf(IllegalStateException.class);
  }

  private static StoreException fault(String state) {
    return PostgresFaults.of("commit", new SQLException("as the server says", state));
  }

  private static OpenStore open(PostgresDatabase database) throws StoreException {
    return Stores.postgres(database.url(), "node", InstantSource.system());
  }

  private static Connection connect(PostgresDatabase database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl());
  }

  private static String query(PostgresDatabase database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}

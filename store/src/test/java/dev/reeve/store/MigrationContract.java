package dev.reeve.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reeve.engine.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Data of another version: older is brought up to date, newer is left alone.
abstract class MigrationContract {
  /// The migrations of this build.
  abstract SchemaMigrations current();

  /// Folder with one migration more.
  abstract String nextFolder();

  abstract OpenStore open(SchemaMigrations migrations) throws StoreException;

  /// A connection past the store.
  abstract Connection connect() throws SQLException;

  @Test
  void an_older_schema_is_migrated_and_keeps_its_data() throws StoreException, SQLException {
    commitOneJob(current());

    try (OpenStore store = open(next())) {
      assertThat(store.log().head().position()).isEqualTo(1);
      assertThat(store.log().archive().find(1)).isPresent();
      assertThat(store.log().archive().journal(0, 10)).hasSize(1);
    }
    assertThat(query("SELECT count(*) FROM journal WHERE note IS NULL")).isEqualTo("1");
    assertThat(query("SELECT count(*) FROM schema_history")).isEqualTo("6");
  }

  @Test
  void the_version_before_still_works_on_a_newer_schema_of_the_same_format() throws StoreException {
    commitOneJob(next());

    try (OpenStore store = open(current())) {
      store.log().commit(CommitBuilder.after(store.log().head()).job().build());

      assertThat(store.log().archive().find(2)).isPresent();
    }
  }

  @Test
  void a_newer_format_is_refused_with_the_way_out_and_left_alone()
      throws StoreException, SQLException {
    commitOneJob(current());
    execute("UPDATE log SET format = 7");
    String before = query("SELECT count(*) || ' ' || max(epoch) FROM log");

    assertThatThrownBy(() -> open(next()))
        .isInstanceOf(StoreException.NewerFormat.class)
        .hasMessageContaining("log.format: 7 (expected: at most 3")
        .hasMessageContaining("newer Reeve");

    assertThat(query("SELECT count(*) || ' ' || max(epoch) FROM log")).isEqualTo(before);
    assertThat(query("SELECT count(*) FROM schema_history")).isEqualTo("5");
  }

  @Test
  void a_start_gives_new_logs_the_newest_format_and_leaves_those_with_data_as_they_are()
      throws StoreException, SQLException {
    commitOneJob(current());
    assertThat(query("SELECT format FROM log")).isEqualTo("3");
    execute("UPDATE log SET format = 1");
    execute("DELETE FROM schema_history WHERE version IN ('2', '3', '4', '5')");
    execute("DROP TABLE kept_document");
    execute("DROP TABLE policy_snapshot");
    execute("DROP TABLE policy_snapshot_file");

    try (OpenStore store = open(current())) {
      assertThat(store.log().format()).isEqualTo(1);
    }
    assertThat(query("SELECT format || ' ' || position FROM log")).isEqualTo("1 1");
  }

  @Test
  void a_current_schema_is_opened_without_looking_at_the_migrations() throws StoreException {
    commitOneJob(current());

    try (OpenStore store = open(withFolders(List.of("dev/reeve/store/nowhere")))) {
      assertThat(store.log().head().position()).isEqualTo(1);
    }
  }

  @Test
  void migrations_that_are_missing_are_a_named_failure() {
    assertThatThrownBy(() -> open(withFolders(List.of("dev/reeve/store/nowhere"))))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("migrate the tables")
        .hasMessageContaining("nowhere");
  }

  private SchemaMigrations next() {
    return new SchemaMigrations(
        List.of(current().folders().getFirst(), nextFolder()),
        current().version() + 1,
        current().format());
  }

  private SchemaMigrations withFolders(List<String> folders) {
    return new SchemaMigrations(folders, current().version(), current().format());
  }

  private void commitOneJob(SchemaMigrations migrations) throws StoreException {
    try (OpenStore store = open(migrations)) {
      store.log().commit(CommitBuilder.after(store.log().head()).job().build());
    }
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

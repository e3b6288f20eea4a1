package dev.reeve.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresServerIT {
  @Test
  void each_database_is_empty_and_apart() throws SQLException {
    PostgresDatabase one = PostgresServer.shared().createDatabase();
    PostgresDatabase other = PostgresServer.shared().createDatabase();

    execute(one, "CREATE TABLE note (text text)");

    execute(other, "CREATE TABLE note (text text)");
    assertThat(one.name()).isNotEqualTo(other.name());
  }

  @Test
  void commits_are_flushed_to_disk() throws SQLException {
    PostgresDatabase database = PostgresServer.shared().createDatabase();

    assertThat(query(database, "SHOW fsync")).isEqualTo("on");
    assertThat(query(database, "SHOW synchronous_commit")).isEqualTo("on");
  }

  @Test
  void a_commit_survives_kill_and_restart() throws SQLException {
    try (PostgresServer server = PostgresServer.start()) {
      PostgresDatabase database = server.createDatabase();
      execute(database, "CREATE TABLE note (text text)");
      execute(database, "INSERT INTO note VALUES ('kept')");

      server.kill();
      assertThatThrownBy(() -> query(database, "SELECT text FROM note"))
          .isInstanceOf(SQLException.class);
      server.resume();
      assertThat(query(database, "SELECT text FROM note")).isEqualTo("kept");

      server.restart();
      assertThat(query(database, "SELECT text FROM note")).isEqualTo("kept");
    }
  }

  @Test
  void a_wrong_password_is_refused() {
    PostgresDatabase real = PostgresServer.shared().createDatabase();
    PostgresDatabase guessed =
        new PostgresDatabase(real.host(), real.port(), real.name(), real.user(), "guess");

    assertThatThrownBy(() -> query(guessed, "SELECT 1")).hasMessageContaining("password");
  }

  private static void execute(PostgresDatabase database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PostgresDatabase database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}

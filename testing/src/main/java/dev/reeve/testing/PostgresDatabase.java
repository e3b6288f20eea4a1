package dev.reeve.testing;

/// An empty database on a [PostgresServer], owned by the user named here.
///
/// @param password in clear text: the server is private to the test and listens on loopback only
public record PostgresDatabase(String host, int port, String name, String user, String password) {
  /// For `java.sql.DriverManager`, user and password included.
  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
        .formatted(host, port, name, user, password);
  }

  /// For `reeve up --store` and PostgreSQL's own tools.
  public String url() {
    return "postgresql://%s:%s@%s:%d/%s".formatted(user, password, host, port, name);
  }
}

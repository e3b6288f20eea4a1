package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// One PostgreSQL database and how to connect to it: with timeouts, so that a server that vanished
/// is noticed in seconds, and always to the primary.
final class PostgresDatabase implements Database {
  private static final int CONNECT_TIMEOUT_SECONDS = 5;

  /// Longer than any answer of ours takes, short enough for a caller who waits.
  private static final int SOCKET_TIMEOUT_SECONDS = 10;

  /// Every statement of ours goes by a key. While a table is young its statistics say otherwise,
  /// and a plan made then would read it whole long after it has grown.
  private static final String BY_KEY =
      "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;"
          + " SET jit = off;";

  /// A commit must be on disk when it returns, whatever the server's default; a stricter default
  /// stays. A transaction of a node that vanished must not hold the log for long.
  private static final String DURABLE =
      "SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write');"
          + " SET idle_in_transaction_session_timeout = '3s';";

  private final PostgresAddress address;
  private final InstantSource clock;
  private final Lock commits = new ReentrantLock();

  PostgresDatabase(PostgresAddress address, InstantSource clock) {
    this.address = address;
    this.clock = clock;
  }

  @Override
  public Connection connectWriter() throws SQLException {
    Connection connection = connect(BY_KEY + DURABLE);
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public Connection connectReader() throws SQLException {
    return connect(BY_KEY + " SET default_transaction_read_only = on");
  }

  /// A connection for large blobs, with auto-commit on.
  Connection connectBlobs() throws SQLException {
    return connect(BY_KEY + DURABLE);
  }

  @Override
  public Connection connectMigration() throws SQLException {
    Properties patient = properties();
    patient.setProperty("socketTimeout", "0");
    return DriverManager.getConnection(address.jdbcUrl(), patient);
  }

  /// A connection for the lease, with auto-commit on. A renewal that is lost in a crash of the
  /// server only ends the lease sooner, so it need not wait for the disk.
  Connection connectLease() throws SQLException {
    return connect("SET synchronous_commit = off; SET lock_timeout = '2s'");
  }

  private Connection connect(String settings) throws SQLException {
    Connection connection = DriverManager.getConnection(address.jdbcUrl(), properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute(settings);
      return connection;
    } catch (SQLException e) {
      Session.closeQuietly(connection);
      throw e;
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "reeve");
    properties.setProperty("targetServerType", "primary");
    properties.setProperty("connectTimeout", String.valueOf(CONNECT_TIMEOUT_SECONDS));
    properties.setProperty("loginTimeout", String.valueOf(2 * CONNECT_TIMEOUT_SECONDS));
    properties.setProperty("socketTimeout", String.valueOf(SOCKET_TIMEOUT_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    // Statements are prepared on the server from their first use, and bytes travel as bytes.
    properties.setProperty("prepareThreshold", "1");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.putAll(address.credentials());
    return properties;
  }

  @Override
  public boolean hasTable(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      select.setString(1, name);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  @Override
  public KeyLookup lookup(Connection connection) throws SQLException {
    return new PostgresKeyLookup(connection);
  }

  @Override
  public BlobRows blobRows(Connection connection) throws SQLException {
    return new PostgresBlobRows(connection, clock);
  }

  @Override
  public Lock commits() {
    return commits;
  }

  @Override
  public StoreException fault(String doing, SQLException failure) {
    return PostgresFaults.of(doing, failure);
  }
}

package dev.reeve.store;

import dev.reeve.engine.port.LogHead;
import dev.reeve.engine.port.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Ownership of a log among nodes: a row that names the owner and, by the database's own clock, how
/// long it stays the owner without saying so again. The lease decides who may try; the epoch, which
/// every commit checks, decides who succeeds. Safe on any thread.
final class PostgresLease {
  private static final String TAKE =
      "UPDATE log SET epoch = epoch + 1, owner = ?,"
          + " lease_until = clock_timestamp() + ? * interval '1 millisecond'"
          + " WHERE log_id = ? AND lease_until <= clock_timestamp()";

  private static final String RENEW =
      "UPDATE log SET lease_until = clock_timestamp() + ? * interval '1 millisecond'"
          + " WHERE log_id = ? AND epoch = ?";

  private static final String RELEASE =
      "UPDATE log SET lease_until = '-infinity' WHERE log_id = ? AND epoch = ?";

  private static final String ALIVE_OWNER =
      "SELECT owner, extract(epoch FROM lease_until - clock_timestamp())::float8 FROM log"
          + " WHERE log_id = ? AND lease_until > clock_timestamp()";

  private final PostgresDatabase database;
  private final long epoch;
  private @Nullable Connection connection;

  private PostgresLease(PostgresDatabase database, long epoch) {
    this.database = database;
    this.epoch = epoch;
  }

  /// Refuses while another owner is alive. Only looks, so that a standby disturbs nobody.
  static void checkFree(PostgresDatabase database) throws StoreException {
    try (Connection connection = database.connectReader()) {
      refuseWhileOwned(connection);
    } catch (SQLException e) {
      throw database.fault("look for the owner of the log", e);
    }
  }

  /// Takes the log over: raises the epoch and makes the node its owner, or says who owns it.
  static LogHead take(Session session, String node) throws StoreException {
    return session.commit(
        "take the log over",
        () -> {
          try (PreparedStatement take = session.connection().prepareStatement(TAKE)) {
            take.setString(1, node);
            take.setLong(2, OpenStore.LEASE_MILLIS);
            take.setInt(3, LogSql.LOG_ID);
            if (take.executeUpdate() != 1) {
              refuseWhileOwned(session.connection());
              throw new StoreException.OwnedElsewhere("log: just taken by another node");
            }
          }
          return Session.readHead(session.connection());
        });
  }

  private static void refuseWhileOwned(Connection connection) throws SQLException, StoreException {
    try (PreparedStatement select = connection.prepareStatement(ALIVE_OWNER)) {
      select.setInt(1, LogSql.LOG_ID);
      try (ResultSet rows = select.executeQuery()) {
        if (rows.next()) {
          throw new StoreException.OwnedElsewhere(
              String.format(
                  "log: owned by node %s for %.1f s more (expected: one owner; wait as standby)",
                  rows.getString(1), rows.getDouble(2)));
        }
      }
    }
  }

  static PostgresLease of(PostgresDatabase database, LogHead taken) {
    return new PostgresLease(database, taken.epoch());
  }

  /// See [OpenStore#renewLease()].
  synchronized void renew() throws StoreException {
    try (PreparedStatement renew = connected().prepareStatement(RENEW)) {
      renew.setLong(1, OpenStore.LEASE_MILLIS);
      renew.setInt(2, LogSql.LOG_ID);
      renew.setLong(3, epoch);
      if (renew.executeUpdate() != 1) {
        throw new StoreException.OwnershipLost(
            "log: taken over by another node (expected: epoch " + epoch + ", ours)");
      }
    } catch (SQLException e) {
      disconnect();
      throw database.fault("renew the lease", e);
    }
  }

  /// Ends the lease now, so that a standby need not wait for it to expire. Best effort.
  synchronized void release() {
    try (PreparedStatement release = connected().prepareStatement(RELEASE)) {
      release.setInt(1, LogSql.LOG_ID);
      release.setLong(2, epoch);
      release.executeUpdate();
    } catch (SQLException e) {
      // It expires by itself.
    } finally {
      disconnect();
    }
  }

  private Connection connected() throws SQLException {
    Connection known = connection;
    if (known == null) {
      known = database.connectLease();
      connection = known;
    }
    return known;
  }

  private void disconnect() {
    if (connection != null) {
      Session.closeQuietly(connection);
      connection = null;
    }
  }
}

package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A few connections, opened when first needed and lent to one caller at a time. A connection that
/// failed is replaced. Safe on any thread; a caller waits when all are lent out.
final class ConnectionPool implements AutoCloseable {
  private static final Duration WAIT_MAX = Duration.ofSeconds(10);

  /// Opens one more connection.
  interface Connector {
    Connection connect() throws SQLException;
  }

  /// Work on a borrowed connection that does no harm when it is done twice.
  interface Work<T> {
    T run(PooledConnection connection) throws SQLException, StoreException;
  }

  /// A place for a connection, so that the places can be counted and waited for.
  private static final class Seat {
    private @Nullable PooledConnection connection;
  }

  private final Database database;
  private final Connector connector;
  private final Carrier carrier;
  private final BlockingQueue<Seat> free;
  private volatile boolean closed;

  /// @param carrier runs the work; closed with this pool
  /// @param size how many connections at most
  ConnectionPool(Database database, Connector connector, Carrier carrier, int size) {
    this.database = database;
    this.connector = connector;
    this.carrier = carrier;
    this.free = new ArrayBlockingQueue<>(size);
    for (int i = 0; i < size; i++) {
      free.add(new Seat());
    }
  }

  <T> T use(String doing, Work<T> work) throws StoreException {
    Seat seat = take(doing);
    try {
      return carrier.run(() -> use(seat, doing, work));
    } finally {
      free.add(seat);
    }
  }

  /// A connection that sat here may have died meanwhile, with its server or by a timeout on the
  /// way. That is no news to the caller: the work, which may always be done twice, is tried once
  /// more on a new one.
  private <T> T use(Seat seat, String doing, Work<T> work) throws StoreException {
    boolean aged = seat.connection != null;
    try {
      return attempt(seat, doing, work);
    } catch (SQLException e) {
      if (!aged) {
        throw database.fault(doing, e);
      }
    }
    try {
      return attempt(seat, doing, work);
    } catch (SQLException e) {
      throw database.fault(doing, e);
    }
  }

  private <T> T attempt(Seat seat, String doing, Work<T> work) throws SQLException, StoreException {
    boolean sound = false;
    try {
      T result = work.run(connectionOf(seat, doing));
      sound = true;
      return result;
    } finally {
      if (!sound || closed) {
        drop(seat);
      }
    }
  }

  private PooledConnection connectionOf(Seat seat, String doing)
      throws SQLException, StoreException {
    if (closed) {
      throw new StoreException.Unavailable(
          doing + ": the store is closed", new IllegalStateException("closed"));
    }
    PooledConnection connection = seat.connection;
    if (connection == null) {
      connection = new PooledConnection(connector.connect());
      seat.connection = connection;
    }
    return connection;
  }

  private Seat take(String doing) throws StoreException {
    try {
      Seat seat = free.poll(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
      if (seat == null) {
        throw new StoreException.Unavailable(
            doing + ": all connections busy for " + WAIT_MAX,
            new IllegalStateException("no free connection"));
      }
      return seat;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable(doing + ": interrupted", e);
    }
  }

  private static void drop(Seat seat) {
    if (seat.connection != null) {
      Session.closeQuietly(seat.connection);
      seat.connection = null;
    }
  }

  /// Ends the idle connections at once and each lent one when it comes back.
  @Override
  public void close() {
    closed = true;
    List<Seat> idle = new ArrayList<>();
    free.drainTo(idle);
    idle.forEach(ConnectionPool::drop);
    // Back in place, so that callers are refused at once and do not wait for a seat.
    free.addAll(idle);
    carrier.close();
  }
}

package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A few connections for readers, opened when first needed and lent to one caller at a time. A
/// connection that failed is replaced. Safe on any thread; a caller waits when all are lent out.
final class Readers implements AutoCloseable {
  /// Design: a watcher behind the tail reads through four connections.
  static final int COUNT = 4;

  private static final Duration WAIT_MAX = Duration.ofSeconds(10);

  /// Work on a borrowed connection.
  interface Work<T> {
    T run(Reader reader) throws SQLException, StoreException;
  }

  private static final class Seat {
    private @Nullable Reader reader;
  }

  private final Database database;
  private final BlockingQueue<Seat> free = new ArrayBlockingQueue<>(COUNT);
  private volatile boolean closed;

  Readers(Database database) {
    this.database = database;
    for (int i = 0; i < COUNT; i++) {
      free.add(new Seat());
    }
  }

  <T> T read(String doing, Work<T> work) throws StoreException {
    Seat seat = take(doing);
    try {
      if (closed) {
        throw new StoreException.Unavailable(
            doing + ": the store is closed", new IllegalStateException("closed"));
      }
      Reader reader = seat.reader;
      if (reader == null) {
        reader = new Reader(database.connectReader());
        seat.reader = reader;
      }
      return work.run(reader);
    } catch (SQLException e) {
      drop(seat);
      throw database.fault(doing, e);
    } finally {
      if (closed) {
        drop(seat);
      }
      free.add(seat);
    }
  }

  private Seat take(String doing) throws StoreException {
    try {
      Seat seat = free.poll(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
      if (seat == null) {
        throw new StoreException.Unavailable(
            doing + ": all " + COUNT + " readers busy for " + WAIT_MAX,
            new IllegalStateException("no free reader"));
      }
      return seat;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable(doing + ": interrupted", e);
    }
  }

  private static void drop(Seat seat) {
    if (seat.reader != null) {
      Session.closeQuietly(seat.reader);
      seat.reader = null;
    }
  }

  /// Ends the free connections at once and each lent one when it comes back.
  @Override
  public void close() {
    closed = true;
    List<Seat> idle = new ArrayList<>();
    free.drainTo(idle);
    idle.forEach(Readers::drop);
    // Back in place, so that callers are refused at once and do not wait for a seat.
    free.addAll(idle);
  }
}

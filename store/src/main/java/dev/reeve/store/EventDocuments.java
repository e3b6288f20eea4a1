package dev.reeve.store;

import dev.reeve.base.Bytes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Reads the events of one job as its commits stored them. Runs inside a reader's transaction.
final class EventDocuments {
  private static final int ROWS_PER_FETCH = 64;

  private EventDocuments() {}

  /// See `JobArchive.events`.
  static List<Bytes> read(PooledConnection reader, long jobNo, long fromSeq, int bytesMax)
      throws SQLException {
    List<Bytes> found = new ArrayList<>();
    long firstSeq = 0;
    long position = 0;
    PreparedStatement select = reader.prepared(LogSql.SEGMENT_OF);
    select.setInt(1, LogSql.LOG_ID);
    select.setLong(2, jobNo);
    select.setLong(3, fromSeq);
    try (ResultSet rows = select.executeQuery()) {
      if (rows.next()) {
        firstSeq = rows.getLong(1);
        position = rows.getLong(2);
      }
    }
    int room = Math.max(1, bytesMax);
    if (position == 0) {
      room = addFirst(reader, jobNo, room, found);
    }
    if (room > 0) {
      addSegments(reader, jobNo, firstSeq, position, room, found);
    }
    return found;
  }

  private static int addFirst(PooledConnection reader, long jobNo, int room, List<Bytes> found)
      throws SQLException {
    PreparedStatement select = reader.prepared(LogSql.FIRST_EVENTS);
    select.setInt(1, LogSql.LOG_ID);
    select.setLong(2, jobNo);
    return add(select, room, found);
  }

  private static void addSegments(
      PooledConnection reader,
      long jobNo,
      long firstSeq,
      long position,
      int room,
      List<Bytes> found)
      throws SQLException {
    PreparedStatement select = reader.prepared(LogSql.SEGMENTS_FROM);
    select.setInt(1, LogSql.LOG_ID);
    select.setLong(2, jobNo);
    select.setLong(3, firstSeq);
    select.setLong(4, position);
    select.setFetchSize(ROWS_PER_FETCH);
    add(select, room, found);
  }

  /// Adds documents until the one that uses the room up; answers what is left of it.
  private static int add(PreparedStatement select, int room, List<Bytes> found)
      throws SQLException {
    int left = room;
    try (ResultSet rows = select.executeQuery()) {
      while (left > 0 && rows.next()) {
        Bytes document = Row.get(rows, 1);
        found.add(document);
        left -= document.size();
      }
    }
    return left;
  }
}

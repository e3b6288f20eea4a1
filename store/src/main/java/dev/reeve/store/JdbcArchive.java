package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.JobArchive;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.port.StoredJob;
import dev.reeve.job.Content;
import dev.reeve.job.JobKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads committed rows through the readers' connections. Safe on any thread; blocks.
final class JdbcArchive implements JobArchive {
  private final ConnectionPool readers;
  private final BlobStore blobs;

  JdbcArchive(ConnectionPool readers, BlobStore blobs) {
    this.readers = readers;
    this.blobs = blobs;
  }

  @Override
  public Optional<StoredJob> find(JobKey key) throws StoreException {
    return readers.use(
        "find a job",
        reader -> {
          PreparedStatement select = reader.prepared(LogSql.FIND_BY_ID);
          select.setInt(1, LogSql.LOG_ID);
          select.setString(2, key.tenant());
          select.setString(3, key.jobId());
          return jobs(select).stream().findFirst();
        });
  }

  @Override
  public Optional<StoredJob> find(long jobNo) throws StoreException {
    return readers.use(
        "find a job",
        reader -> {
          PreparedStatement select = byNo(reader, LogSql.FIND_BY_NO, jobNo);
          return jobs(select).stream().findFirst();
        });
  }

  @Override
  public Optional<StoredJob> findInAnyTenant(String jobId) throws StoreException {
    return readers.use(
        "find a job",
        reader -> {
          PreparedStatement select = reader.prepared(LogSql.FIND_IN_ANY_TENANT);
          select.setInt(1, LogSql.LOG_ID);
          select.setInt(2, LogSql.LOG_ID);
          select.setInt(3, LogSql.LOG_ID);
          select.setString(4, jobId);
          return jobs(select).stream().findFirst();
        });
  }

  @Override
  public List<Bytes> events(long jobNo, long fromSeq, int bytesMax) throws StoreException {
    return readers.use(
        "read events",
        reader -> {
          // One transaction, so that PostgreSQL sends rows in portions and not all at once.
          reader.connection().setAutoCommit(false);
          try {
            return EventDocuments.read(reader, jobNo, fromSeq, bytesMax);
          } finally {
            reader.connection().setAutoCommit(true);
          }
        });
  }

  @Override
  public Optional<Bytes> payload(long jobNo, String tenant, Content content) throws StoreException {
    return content(LogSql.PAYLOAD, jobNo, tenant, content);
  }

  @Override
  public Optional<Bytes> result(long jobNo, String tenant, Content content) throws StoreException {
    return content(LogSql.RESULT, jobNo, tenant, content);
  }

  @Override
  public List<StoredJob> list(Optional<String> tenant, long belowJobNo, int limit)
      throws StoreException {
    return readers.use(
        "list jobs",
        reader -> {
          String sql = tenant.isPresent() ? LogSql.LIST_OF_TENANT : LogSql.LIST_ALL;
          PreparedStatement select = reader.prepared(sql);
          int next = 1;
          select.setInt(next++, LogSql.LOG_ID);
          if (tenant.isPresent()) {
            select.setString(next++, tenant.get());
          }
          select.setLong(next++, belowJobNo);
          select.setInt(next, limit);
          return jobs(select);
        });
  }

  @Override
  public List<JournalRow> journal(long afterPosition, int limit) throws StoreException {
    return readers.use("read the journal", reader -> journal(reader, afterPosition, limit));
  }

  @Override
  public List<Commit.TileRow> tiles(long fromIndex, int limit) throws StoreException {
    return readers.use("read leaf hashes", reader -> tiles(reader, fromIndex, limit));
  }

  static List<JournalRow> journal(PooledConnection reader, long afterPosition, int limit)
      throws SQLException {
    PreparedStatement select = page(reader, LogSql.JOURNAL, afterPosition, limit);
    try (ResultSet rows = select.executeQuery()) {
      List<JournalRow> found = new ArrayList<>();
      while (rows.next()) {
        found.add(
            new JournalRow(rows.getLong(1), rows.getLong(2), rows.getLong(3), Row.get(rows, 4)));
      }
      return found;
    }
  }

  static List<Commit.TileRow> tiles(PooledConnection reader, long fromIndex, int limit)
      throws SQLException {
    PreparedStatement select = page(reader, LogSql.TILES, fromIndex, limit);
    try (ResultSet rows = select.executeQuery()) {
      List<Commit.TileRow> found = new ArrayList<>();
      while (rows.next()) {
        found.add(new Commit.TileRow(rows.getLong(1), Row.get(rows, 2)));
      }
      return found;
    }
  }

  /// The bytes a job's row holds, or else the blob; whichever has the digest that is asked for.
  private Optional<Bytes> content(String sql, long jobNo, String tenant, Content content)
      throws StoreException {
    if (content.sizeBytes() == 0) {
      return Optional.of(Bytes.EMPTY);
    }
    Bytes inline =
        readers.use(
            "read a payload or result",
            reader -> {
              PreparedStatement select = byNo(reader, sql, jobNo);
              try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Row.get(rows, 1) : Bytes.EMPTY;
              }
            });
    if (!inline.isEmpty() && Sha256.of(inline).equals(content.sha256())) {
      return Optional.of(inline);
    }
    return blobs.get(tenant, content.sha256());
  }

  private static List<StoredJob> jobs(PreparedStatement select) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      List<StoredJob> found = new ArrayList<>();
      while (rows.next()) {
        found.add(
            new StoredJob(
                rows.getLong(1), Row.get(rows, 2), Row.get(rows, 3), List.of(), Row.get(rows, 4)));
      }
      return found;
    }
  }

  private static PreparedStatement byNo(PooledConnection reader, String sql, long jobNo)
      throws SQLException {
    PreparedStatement select = reader.prepared(sql);
    select.setInt(1, LogSql.LOG_ID);
    select.setLong(2, jobNo);
    return select;
  }

  private static PreparedStatement page(PooledConnection reader, String sql, long from, int limit)
      throws SQLException {
    PreparedStatement select = reader.prepared(sql);
    select.setInt(1, LogSql.LOG_ID);
    select.setLong(2, from);
    select.setInt(3, limit);
    return select;
  }
}

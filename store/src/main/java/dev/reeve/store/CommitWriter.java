package dev.reeve.store;

import dev.reeve.base.Check;
import dev.reeve.engine.port.Commit;
import dev.reeve.engine.port.DocumentChange;
import dev.reeve.engine.port.LogHead;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Writes the rows of a commit on one connection, in one batch per table, with statements prepared
/// once. The caller ends the transaction. Belongs to the writer's thread.
final class CommitWriter {
  private final PreparedStatement moveHead;
  private final PreparedStatement journal;
  private final PreparedStatement job;
  private final PreparedStatement segment;
  private final PreparedStatement open;
  private final PreparedStatement close;
  private final PreparedStatement ending;
  private final PreparedStatement key;
  private final PreparedStatement blobUse;
  private final PreparedStatement tile;
  private final PreparedStatement putDocument;
  private final PreparedStatement dropDocument;
  private final BlobRows blobs;

  CommitWriter(Connection connection, BlobRows blobs) throws SQLException {
    this.moveHead = connection.prepareStatement(LogSql.MOVE_HEAD);
    this.journal = connection.prepareStatement(LogSql.INSERT_JOURNAL);
    this.job = connection.prepareStatement(LogSql.INSERT_JOB);
    this.segment = connection.prepareStatement(LogSql.INSERT_SEGMENT);
    this.open = connection.prepareStatement(LogSql.OPEN_JOB);
    this.close = connection.prepareStatement(LogSql.CLOSE_JOB);
    this.ending = connection.prepareStatement(LogSql.INSERT_ENDING);
    this.key = connection.prepareStatement(LogSql.TAKE_KEY);
    this.blobUse = connection.prepareStatement(LogSql.USE_BLOB);
    this.tile = connection.prepareStatement(LogSql.INSERT_TILE);
    this.putDocument = connection.prepareStatement(LogSql.PUT_DOCUMENT);
    this.dropDocument = connection.prepareStatement(LogSql.DROP_DOCUMENT);
    this.blobs = blobs;
  }

  /// False when the head before this commit is not in force any more; then nothing was written.
  boolean write(Commit commit) throws SQLException {
    if (!moveHead(commit.before(), commit.after())) {
      return false;
    }
    writeJournal(commit);
    writeJobs(commit.jobs());
    writeSegments(commit.segments(), commit.after().position());
    writeOutcomes(commit.outcomes());
    writeKeys(commit.keys());
    writeBlobs(commit.blobs());
    writeTiles(commit.tiles());
    for (Commit.BlobDrop drop : commit.drops()) {
      blobs.removeUse(drop);
    }
    writeDocuments(commit.documents());
    return true;
  }

  private boolean moveHead(LogHead before, LogHead after) throws SQLException {
    moveHead.setLong(1, after.position());
    moveHead.setLong(2, after.nowMicros());
    moveHead.setLong(3, after.nextJobNo());
    moveHead.setLong(4, after.leafCount());
    Row.set(moveHead, 5, after.frontier());
    moveHead.setInt(6, LogSql.LOG_ID);
    moveHead.setLong(7, before.epoch());
    moveHead.setLong(8, before.position());
    return moveHead.executeUpdate() == 1;
  }

  private void writeJournal(Commit commit) throws SQLException {
    journal.setInt(1, LogSql.LOG_ID);
    journal.setLong(2, commit.after().position());
    journal.setLong(3, commit.after().epoch());
    journal.setLong(4, commit.after().nowMicros());
    Row.set(journal, 5, commit.journal());
    journal.executeUpdate();
  }

  private void writeJobs(List<Commit.JobRow> rows) throws SQLException {
    for (Commit.JobRow row : rows) {
      job.setInt(1, LogSql.LOG_ID);
      job.setLong(2, row.jobNo());
      job.setString(3, row.key().tenant());
      job.setString(4, row.key().jobId());
      Row.set(job, 5, row.admission());
      Row.set(job, 6, row.events());
      Row.setOrNull(job, 7, row.payload());
      job.addBatch();
      open.setInt(1, LogSql.LOG_ID);
      open.setLong(2, row.jobNo());
      open.addBatch();
    }
    execute(job, rows);
    execute(open, rows);
  }

  private void writeSegments(List<Commit.SegmentRow> rows, long position) throws SQLException {
    for (Commit.SegmentRow row : rows) {
      segment.setInt(1, LogSql.LOG_ID);
      segment.setLong(2, row.jobNo());
      segment.setLong(3, row.firstSeq());
      segment.setLong(4, position);
      Row.set(segment, 5, row.events());
      segment.addBatch();
    }
    execute(segment, rows);
  }

  private void writeOutcomes(List<Commit.OutcomeRow> rows) throws SQLException {
    for (Commit.OutcomeRow row : rows) {
      close.setInt(1, LogSql.LOG_ID);
      close.setLong(2, row.jobNo());
      close.addBatch();
      ending.setInt(1, LogSql.LOG_ID);
      ending.setLong(2, row.jobNo());
      ending.setLong(3, row.finishedAtMicros());
      ending.setString(4, row.state().name());
      Row.set(ending, 5, row.outcome());
      Row.setOrNull(ending, 6, row.result());
      ending.addBatch();
    }
    int[] counts = execute(close, rows);
    for (int i = 0; i < counts.length; i++) {
      Check.state(
          counts[i] == 1 || counts[i] == Statement.SUCCESS_NO_INFO,
          "job %s: ends again or unknown (expected: unfinished)",
          rows.get(i).jobNo());
    }
    execute(ending, rows);
  }

  private void writeKeys(List<Commit.KeyRow> rows) throws SQLException {
    for (Commit.KeyRow row : rows) {
      key.setInt(1, LogSql.LOG_ID);
      key.setString(2, row.scope().tenant());
      key.setString(3, row.scope().project());
      key.setString(4, row.scope().dialect());
      key.setString(5, row.scope().key());
      Row.set(key, 6, row.fingerprint());
      key.setLong(7, row.jobNo());
      key.setString(8, row.jobId());
      key.setLong(9, row.expiresAtMicros());
      key.addBatch();
    }
    execute(key, rows);
  }

  private void writeBlobs(List<Commit.BlobRow> rows) throws SQLException {
    for (Commit.BlobRow row : rows) {
      if (!row.content().isEmpty()) {
        blobs.insert(row.tenant(), row.sha256(), row.content());
      }
      blobUse.setInt(1, LogSql.LOG_ID);
      blobUse.setLong(2, row.jobNo());
      blobUse.setString(3, row.tenant());
      Row.set(blobUse, 4, row.sha256());
      blobUse.addBatch();
    }
    execute(blobUse, rows);
  }

  private void writeTiles(List<Commit.TileRow> rows) throws SQLException {
    for (Commit.TileRow row : rows) {
      tile.setInt(1, LogSql.LOG_ID);
      tile.setLong(2, row.index());
      Row.set(tile, 3, row.hashes());
      tile.addBatch();
    }
    execute(tile, rows);
  }

  /// One after the other: there are few, and a batch of them could not be told apart by kind.
  private void writeDocuments(List<DocumentChange> changes) throws SQLException {
    for (DocumentChange change : changes) {
      switch (change) {
        case DocumentChange.Put put -> {
          JdbcKeptDocuments.bind(putDocument, put.name(), put.atMicros(), put.content());
          putDocument.executeUpdate();
        }
        case DocumentChange.Drop drop -> {
          dropDocument.setInt(1, LogSql.LOG_ID);
          dropDocument.setString(2, drop.name());
          dropDocument.executeUpdate();
        }
      }
    }
  }

  private static int[] execute(PreparedStatement batch, List<?> rows) throws SQLException {
    return rows.isEmpty() ? new int[0] : batch.executeBatch();
  }
}

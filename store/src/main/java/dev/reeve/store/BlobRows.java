package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.Commit;
import java.sql.SQLException;
import java.util.List;

/// The small blobs that live in rows, on the writer's connection. Part of the commit under way.
interface BlobRows {
  /// Storing the same blob again is not an error.
  void insert(String tenant, Bytes sha256, Bytes content) throws SQLException;

  /// Removes one use, and with the last one the blob itself where nobody but the writer could be
  /// about to use it again.
  void removeUse(Commit.BlobDrop drop) throws SQLException;

  /// Removes the uses of removed jobs, and with the last use the blob itself where nobody but the
  /// writer could be about to use it again.
  void removeUses(List<Long> jobNos) throws SQLException;
}

package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// One walk over the blob files that removes old ones without a use.
final class BlobFileSweep {
  private static final String FIND_USERS =
      "SELECT DISTINCT tenant FROM blob_use WHERE log_id = ? AND sha256 = ?";

  /// Removes a file that is still old when looked at once more.
  interface Remover {
    boolean removeIfOld(Path file, long putBeforeMicros) throws IOException;
  }

  private final Path folder;
  private final Path incoming;
  private final ConnectionPool readers;
  private final long putBeforeMicros;

  BlobFileSweep(Path folder, Path incoming, ConnectionPool readers, long putBeforeMicros) {
    this.folder = folder;
    this.incoming = incoming;
    this.readers = readers;
    this.putBeforeMicros = putBeforeMicros;
  }

  /// Answers how many were removed, at most the limit.
  int run(int limit, Remover remover) throws IOException, StoreException {
    int removed = 0;
    try (DirectoryStream<Path> tenants = Files.newDirectoryStream(folder)) {
      for (Path tenant : tenants) {
        if (!tenant.equals(incoming)) {
          removed += sweepTenant(tenant, limit - removed, remover);
        }
      }
    }
    return removed;
  }

  private int sweepTenant(Path tenant, int limit, Remover remover)
      throws IOException, StoreException {
    int removed = 0;
    try (DirectoryStream<Path> shelves = Files.newDirectoryStream(tenant)) {
      for (Path shelf : shelves) {
        removed += sweepShelf(tenant, shelf, limit - removed, remover);
      }
    }
    return removed;
  }

  private int sweepShelf(Path tenant, Path shelf, int limit, Remover remover)
      throws IOException, StoreException {
    int removed = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(shelf)) {
      for (Path file : files) {
        if (removed >= limit) {
          break;
        }
        if (isOlder(file, putBeforeMicros)
            && !isUsed(tenant, file)
            && remover.removeIfOld(file, putBeforeMicros)) {
          removed++;
        }
      }
    }
    return removed;
  }

  static boolean isOlder(Path file, long putBeforeMicros) throws IOException {
    try {
      return Files.getLastModifiedTime(file).to(TimeUnit.MICROSECONDS) < putBeforeMicros;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private boolean isUsed(Path tenant, Path file) throws StoreException {
    Bytes sha256 = Bytes.hex(file.getFileName().toString());
    String tenantFolder = tenant.getFileName().toString();
    return readers.use(
        "look for users of a blob",
        reader -> {
          var select = reader.prepared(FIND_USERS);
          select.setInt(1, LogSql.LOG_ID);
          Row.set(select, 2, sha256);
          try (var rows = select.executeQuery()) {
            while (rows.next()) {
              if (BlobPath.tenantFolder(rows.getString(1)).equals(tenantFolder)) {
                return true;
              }
            }
            return false;
          }
        });
  }
}

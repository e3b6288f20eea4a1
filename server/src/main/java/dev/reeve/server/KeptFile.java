package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.engine.port.StoreException;
import dev.reeve.store.KeptDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file of the data directory whose newest content is in the store as well. What the store has
/// counts: the file may be taken away, edited or put back while the server is down. Safe on any
/// thread; blocks.
///
/// The file is written first. So it may say something newer than the store when the process ended
/// in between, when the store did not answer, or when an older copy of the database was put in
/// place; its owner decides what of that only makes things stricter, and takes that.
final class KeptFile {
  private static final Logger log = LoggerFactory.getLogger(KeptFile.class);

  private final Path file;
  private final int bytesMax;
  private final String name;
  private final KeptDocuments store;

  /// @param name of the document in the store
  KeptFile(Path file, int bytesMax, String name, KeptDocuments store) {
    this.file = file;
    this.bytesMax = bytesMax;
    this.name = name;
    this.store = store;
  }

  Path file() {
    return file;
  }

  /// What the store has; empty when nothing was ever kept, or by a version that kept files alone.
  Optional<KeptDocuments.Kept> stored() throws IOException {
    try {
      return store.find(name);
    } catch (StoreException e) {
      throw new IOException("the store does not say what was kept: " + e.getMessage(), e);
    }
  }

  /// What the file has; empty when there is none.
  Optional<Bytes> read() throws IOException {
    return GovernanceFiles.read(file, bytesMax);
  }

  /// Keeps it in both; on disk when it returns.
  ///
  /// @throws IOException when one of the two does not have it; the other may
  void write(Bytes content, long atMicros) throws IOException {
    GovernanceFiles.writeDurably(file, content);
    try {
      store.put(name, new KeptDocuments.Kept(content, atMicros));
    } catch (StoreException e) {
      throw new IOException("not kept in the store: " + e.getMessage(), e);
    }
  }

  /// Says that the file was not as this server left it.
  ///
  /// @param found what it was instead
  void complain(String found) {
    log.error(
        "{} {} (expected: as this server wrote it last; what the store has is in force)",
        file,
        found);
  }
}

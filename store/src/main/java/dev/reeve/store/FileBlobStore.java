package dev.reeve.store;

import dev.reeve.base.Bytes;
import dev.reeve.base.Check;
import dev.reeve.base.Sha256;
import dev.reeve.engine.port.BlobStore;
import dev.reeve.engine.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// Blobs of the embedded store. What is put here becomes a file named by its digest, in a folder of
/// its tenant; what came in a commit is a row. A file is whole or absent: it is written and flushed
/// under another name first. Its modification time is when it was last put.
final class FileBlobStore implements BlobStore {
  private static final String FIND_ROW =
      "SELECT content FROM blob WHERE log_id = ? AND tenant = ? AND sha256 = ?";

  private final Path folder;
  private final Path incoming;
  private final ConnectionPool readers;
  private final InstantSource clock;
  private final AtomicLong incomingNames = new AtomicLong();

  /// Held while a file comes into being, is made young or goes, so that none goes just after
  /// somebody was told that it is there.
  private final ReentrantLock names = new ReentrantLock();

  private FileBlobStore(Path folder, Path incoming, ConnectionPool readers, InstantSource clock) {
    this.folder = folder;
    this.incoming = incoming;
    this.readers = readers;
    this.clock = clock;
  }

  /// @param folder made when missing
  static FileBlobStore open(Path folder, ConnectionPool readers, InstantSource clock)
      throws StoreException {
    Path incoming = folder.resolve("incoming");
    try {
      DurableFiles.createDirectories(incoming);
      // Halves that a crash left behind.
      try (var leftovers = Files.newDirectoryStream(incoming)) {
        for (Path leftover : leftovers) {
          Files.delete(leftover);
        }
      }
      return new FileBlobStore(folder, incoming, readers, clock);
    } catch (IOException e) {
      throw DurableFiles.fault("open the blobs", folder, 0, e);
    }
  }

  /// Over a folder that belongs to somebody else, to read from alone; touches nothing.
  static FileBlobStore reading(Path folder, ConnectionPool readers) {
    return new FileBlobStore(folder, folder, readers, InstantSource.fixed(Instant.EPOCH));
  }

  @Override
  public void put(String tenant, Bytes sha256, Bytes content) throws StoreException {
    Check.argument(
        content.size() <= SIZE_MAX,
        "blob: %s bytes (expected: at most %s)",
        content.size(),
        SIZE_MAX);
    Path file = BlobPath.of(folder, tenant, sha256);
    try {
      if (!makeYoung(file)) {
        add(file, content);
      }
    } catch (IOException e) {
      throw DurableFiles.fault("put a blob", folder, content.size(), e);
    }
  }

  private boolean makeYoung(Path file) throws IOException {
    names.lock();
    try {
      if (!Files.exists(file)) {
        return false;
      }
      Files.setLastModifiedTime(file, now());
      return true;
    } finally {
      names.unlock();
    }
  }

  private void add(Path file, Bytes content) throws IOException {
    Path half = incoming.resolve(String.valueOf(incomingNames.incrementAndGet()));
    try {
      DurableFiles.write(half, content.unsafeArray());
      Files.setLastModifiedTime(half, now());
      Path parent = BlobPath.folderOf(file);
      names.lock();
      try {
        DurableFiles.createDirectories(parent);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        names.unlock();
      }
      DurableFiles.flushDirectory(parent);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  @Override
  public Optional<Bytes> get(String tenant, Bytes sha256) throws StoreException {
    Optional<Bytes> row = findRow(tenant, sha256);
    Optional<Bytes> found = row.isPresent() ? row : readFile(BlobPath.of(folder, tenant, sha256));
    if (found.isPresent() && !Sha256.of(found.get()).equals(sha256)) {
      throw new StoreException.Damaged(
          "blob " + sha256.hex() + ": its bytes have another digest",
          new IOException("digest " + Sha256.of(found.get()).hex()));
    }
    return found;
  }

  private Optional<Bytes> findRow(String tenant, Bytes sha256) throws StoreException {
    return readers.use(
        "read a blob",
        reader -> {
          var select = reader.prepared(FIND_ROW);
          select.setInt(1, LogSql.LOG_ID);
          select.setString(2, tenant);
          Row.set(select, 3, sha256);
          try (var rows = select.executeQuery()) {
            return rows.next() ? Optional.of(Row.get(rows, 1)) : Optional.empty();
          }
        });
  }

  private Optional<Bytes> readFile(Path file) throws StoreException {
    try {
      return Optional.of(Bytes.wrap(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException.Unavailable("read a blob: " + e, e);
    }
  }

  @Override
  public int removeUnused(long putBeforeMicros, int limit) throws StoreException {
    BlobFileSweep sweep = new BlobFileSweep(folder, incoming, readers, putBeforeMicros);
    try {
      return sweep.run(limit, this::removeIfOld);
    } catch (IOException e) {
      throw DurableFiles.fault("remove unused blobs", folder, 0, e);
    }
  }

  /// Looks again under the lock: meanwhile somebody may have put it once more.
  private boolean removeIfOld(Path file, long putBeforeMicros) throws IOException {
    names.lock();
    try {
      return BlobFileSweep.isOlder(file, putBeforeMicros) && Files.deleteIfExists(file);
    } finally {
      names.unlock();
    }
  }

  private FileTime now() {
    return FileTime.from(clock.millis(), TimeUnit.MILLISECONDS);
  }
}

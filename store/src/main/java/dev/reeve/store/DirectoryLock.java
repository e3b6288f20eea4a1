package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Ownership of a data directory by one process, held by a lock on one of its files until closed or
/// until the process ends, however it ends. The process id lies in a second file, for messages
/// only.
final class DirectoryLock implements AutoCloseable {
  private static final String LOCK_FILE = "reeve.lock";
  private static final String PID_FILE = "reeve.pid";

  /// Directories this process owns. The operating system gives such locks to processes: opening the
  /// file a second time and closing it again would drop the first lock, so we must know before.
  private static final Set<Path> OWNED = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /// Takes the directory, which must exist, or says who has it.
  static DirectoryLock acquire(Path data) throws StoreException {
    try {
      Path directory = data.toRealPath();
      if (!OWNED.add(directory)) {
        throw ownedElsewhere(directory);
      }
      DirectoryLock lock = null;
      try {
        lock = lock(directory);
        return lock;
      } finally {
        if (lock == null) {
          OWNED.remove(directory);
        }
      }
    } catch (IOException e) {
      throw new StoreException.Unavailable("lock the data directory " + data + ": " + e, e);
    }
  }

  private static DirectoryLock lock(Path directory) throws IOException, StoreException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
      if (lock == null) {
        throw ownedElsewhere(directory);
      }
      Files.writeString(directory.resolve(PID_FILE), ProcessHandle.current().pid() + "\n");
      return new DirectoryLock(directory, channel);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static StoreException ownedElsewhere(Path directory) throws IOException {
    return new StoreException.OwnedElsewhere(
        "data directory "
            + directory
            + ": in use by process "
            + owner(directory)
            + " (expected: one process at a time)");
  }

  private static String owner(Path directory) throws IOException {
    try {
      return Files.readString(directory.resolve(PID_FILE)).strip();
    } catch (NoSuchFileException e) {
      return "unknown";
    }
  }

  /// Lets the directory go. Idempotent.
  @Override
  public void close() {
    if (channel.isOpen()) {
      Session.closeQuietly(channel);
      OWNED.remove(directory);
    }
  }
}

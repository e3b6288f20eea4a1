package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// File operations that have reached the disk when they return. They block.
final class DurableFiles {
  private DurableFiles() {}

  /// Creates or replaces a file with these bytes.
  static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /// Makes a directory with its missing parents, each one known to the one above.
  static void createDirectories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Path parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        createDirectories(parent);
        Files.createDirectories(directory);
        flushDirectory(parent);
      }
    }
  }

  /// Flushes the names in a directory, after a rename into it or a removal from it.
  static void flushDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// What a failed write means. The system's words for a full disk depend on its language, so the
  /// room that is left decides.
  ///
  /// @param sizeBytes how much was to be written
  static StoreException fault(String doing, Path directory, long sizeBytes, IOException failure) {
    String message = doing + ": " + failure;
    boolean full = usableBytes(directory) < sizeBytes;
    return full
        ? new StoreException.DiskFull(message, failure)
        : new StoreException.Unavailable(message, failure);
  }

  /// Room left for us on the file system of a directory, in bytes; 0 when nobody knows.
  static long usableBytes(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      return 0;
    }
  }
}

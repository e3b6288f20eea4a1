package dev.reeve.store;

import dev.reeve.engine.port.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of zeros whose space is given up when the disk is full. Belongs to the writer's thread.
final class ReserveFile implements Reserve {
  static final int SIZE_BYTES = 16 * 1024 * 1024;

  /// Taken back only when twice its size is free, so that it does not fill the disk again at once.
  private static final long FREE_BYTES_MIN = 2L * SIZE_BYTES;

  private final Path file;
  private final Path directory;

  ReserveFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("reserve.bin");
  }

  @Override
  public boolean release() throws StoreException {
    try {
      boolean there = Files.deleteIfExists(file);
      if (there) {
        DurableFiles.flushDirectory(directory);
      }
      return there;
    } catch (IOException e) {
      throw DurableFiles.fault("release the reserve", directory, 0, e);
    }
  }

  @Override
  public boolean restore() throws StoreException {
    try {
      if (Files.exists(file) && Files.size(file) == SIZE_BYTES) {
        return true;
      }
      if (DurableFiles.usableBytes(directory) < FREE_BYTES_MIN) {
        return false;
      }
      DurableFiles.write(file, new byte[SIZE_BYTES]);
      DurableFiles.flushDirectory(directory);
      return true;
    } catch (IOException e) {
      throw DurableFiles.fault("restore the reserve", directory, SIZE_BYTES, e);
    }
  }
}

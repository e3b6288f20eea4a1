package dev.reeve.server.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A text that changes whenever a file does, but for a change within the grain of the file system's
/// clock that leaves its size and its place on disk.
public final class FileStamp {
  private FileStamp() {}

  /// Costs a stat.
  ///
  /// @throws IOException when there is no such file, or it may not be looked at
  public static String of(Path file) throws IOException {
    return Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS)
        + ":"
        + Files.size(file)
        + ":"
        + Files.getAttribute(file, "unix:ino");
  }
}

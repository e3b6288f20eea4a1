package dev.reeve.conformance.crash;

import dev.reeve.testing.TempDirs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file system small enough to be filled up, in memory. Mounting one takes root, or sudo without
/// a question.
final class SmallDisk implements AutoCloseable {
  private static final int SIZE_MIB = 96;
  private static final int BLOCK_BYTES = 64 * 1024;

  private final Path mountPoint;
  private boolean kept;

  private SmallDisk(Path mountPoint) {
    this.mountPoint = mountPoint;
  }

  /// Mounts one; empty where that is not allowed.
  static Optional<SmallDisk> mount() {
    Path mountPoint = TempDirs.create("disk");
    List<String> mount =
        List.of("mount", "-t", "tmpfs", "-o", "mode=777,size=" + SIZE_MIB + "m", "reeve-crash");
    if (run(mount, mountPoint)) {
      return Optional.of(new SmallDisk(mountPoint));
    }
    TempDirs.delete(mountPoint);
    return Optional.empty();
  }

  Path folder() {
    return mountPoint;
  }

  /// Takes all space but this much.
  void fill(long leftBytes) {
    byte[] block = new byte[BLOCK_BYTES];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (Files.getFileStore(mountPoint).getUsableSpace() > leftBytes + BLOCK_BYTES) {
        out.write(block);
      }
    } catch (IOException e) {
      // Somebody else took the last block: full is what was wanted.
      return;
    }
  }

  /// Gives the space back.
  void free() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether [#close()] leaves it mounted, for whoever wants to look.
  void keep(boolean keep) {
    kept = keep;
  }

  private Path ballast() {
    return mountPoint.resolve("ballast");
  }

  private static boolean run(List<String> command, Path argument) {
    List<String> all = new ArrayList<>();
    if (!System.getProperty("user.name", "").equals("root")) {
      all.addAll(List.of("sudo", "-n"));
    }
    all.addAll(command);
    all.add(argument.toString());
    try {
      return new ProcessBuilder(all)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    run(List.of("umount"), mountPoint);
    TempDirs.delete(mountPoint);
  }
}

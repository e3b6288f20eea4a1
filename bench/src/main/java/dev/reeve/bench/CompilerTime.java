package dev.reeve.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Processor time that the compilers of a JVM take.
final class CompilerTime {
  private CompilerTime() {}

  /// What they have used so far, in seconds.
  ///
  /// @param pid of the JVM
  static double seconds(long pid) {
    try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.mapToDouble(CompilerTime::seconds).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double seconds(Path thread) {
    try {
      boolean compiles = Files.readString(thread.resolve("comm")).matches("(?s)C[12] Comp.*");
      return compiles
          ? Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]) / 1e9
          : 0;
    } catch (IOException e) {
      // It has ended meanwhile.
      return 0;
    }
  }
}

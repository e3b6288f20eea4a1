package dev.reeve.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Flight recordings of the servers under test, switched on by `-Dbench.profile=true`.
final class Recording {
  private Recording() {}

  static boolean isOn() {
    return Boolean.getBoolean("bench.profile");
  }

  /// The flag that makes a JVM record itself into `target/profiles/NAME.jfr`.
  static String flag(Path root, String name) {
    Path folder = root.resolve("target").resolve("profiles");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // What it says on standard output would come before the ready line.
    return "-Xlog:jfr+startup=off -XX:FlightRecorderOptions=stackdepth=256"
        + " -XX:StartFlightRecording:settings=profile,jdk.CPUTimeSample#enabled=true,"
        + "dumponexit=true,filename="
        + folder.resolve(name + ".jfr");
  }
}

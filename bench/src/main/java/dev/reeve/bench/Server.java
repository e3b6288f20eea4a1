package dev.reeve.bench;

import dev.reeve.testing.PostgresServer;
import dev.reeve.testing.ReeveProcess;
import dev.reeve.testing.RepositoryRoot;
import dev.reeve.testing.TempDirs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The real server in a process of its own, on a data folder of its own. When it closes, the folder
/// is removed.
final class Server implements AutoCloseable {
  /// Which database keeps the log.
  enum Kind {
    SQLITE,
    POSTGRESQL;

    String label() {
      return this == SQLITE ? "sqlite" : "postgresql";
    }
  }

  private final Path folder;
  private final ReeveProcess process;

  private Server(Path folder, ReeveProcess process) {
    this.folder = folder;
    this.process = process;
  }

  static Server start(Kind kind, String profile) {
    return start(kind, "", profile);
  }

  /// @param javaOptions further flags for the server's JVM
  /// @param profile names the recording, where [Main] was asked to record
  static Server start(Kind kind, String javaOptions, String profile) {
    return start(kind, Map.of(), javaOptions, profile);
  }

  /// @param settings configuration, as environment variables
  static Server start(Kind kind, Map<String, String> settings, String profile) {
    return start(kind, settings, "", profile);
  }

  private static Server start(
      Kind kind, Map<String, String> settings, String javaOptions, String profile) {
    Path folder = TempDirs.create("bench");
    String options = (javaOptions + " " + recording(profile)).strip();
    String[] store =
        switch (kind) {
          case SQLITE -> new String[0];
          case POSTGRESQL ->
              new String[] {"--store", PostgresServer.shared().createDatabase().url()};
        };
    Map<String, String> environment = new HashMap<>(settings);
    if (!options.isEmpty()) {
      environment.put("REEVE_JAVA_OPTS", options);
    }
    return new Server(folder, ReeveProcess.up(folder.resolve("data"), environment, store));
  }

  /// On SQLite, with settings from the environment and arguments of its own.
  static Server start(Map<String, String> settings, String profile, String... arguments) {
    Path folder = TempDirs.create("bench");
    Map<String, String> environment = new HashMap<>(settings);
    String options = recording(profile);
    if (!options.isEmpty()) {
      environment.put("REEVE_JAVA_OPTS", options);
    }
    return new Server(folder, ReeveProcess.up(folder.resolve("data"), environment, arguments));
  }

  String address() {
    return process.ready().grpc();
  }

  /// The address of the HTTP port.
  String http() {
    return process.ready().http();
  }

  long pid() {
    return process.pid();
  }

  /// Processor time used so far, in seconds.
  double cpuSeconds() {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .map(used -> used.toNanos() / 1e9)
        .orElse(0.0);
  }

  /// Physical memory in use, in bytes.
  long residentBytes() {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (Recording.isOn()) {
      // A recording is written when the server ends in order.
      int _ = process.terminate();
    }
    process.close();
    TempDirs.delete(folder);
  }

  private static String recording(String profile) {
    if (!Recording.isOn()) {
      return "";
    }
    return Recording.flag(RepositoryRoot.path(), profile);
  }
}

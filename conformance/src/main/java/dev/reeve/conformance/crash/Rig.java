package dev.reeve.conformance.crash;

import dev.reeve.testing.PostgresServer;
import dev.reeve.testing.ReeveProcess;
import dev.reeve.testing.TempDirs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The server under test with its data, which outlive its process. For one thread.
final class Rig implements AutoCloseable {
  /// Short, so that what a dead worker held is soon run elsewhere.
  private static final Map<String, String> SETTINGS = Map.of("REEVE_WORKERS_LEASE", "2s");

  private final Path folder;
  private final Path data;
  private final Optional<PostgresServer> postgres;
  private final List<String> arguments = new ArrayList<>(List.of("--http-port", "0"));
  private @Nullable ReeveProcess process;
  private boolean kept;

  private Rig(Path folder, Path data, Optional<PostgresServer> postgres) {
    this.folder = folder;
    this.data = data;
    this.postgres = postgres;
    postgres.ifPresent(
        server -> arguments.addAll(List.of("--store", server.createDatabase().url())));
  }

  /// On the embedded store, in a new folder.
  static Rig sqlite() {
    Path folder = TempDirs.create("crash");
    return new Rig(folder, folder.resolve("data"), Optional.empty());
  }

  /// On the embedded store, with its data in another folder than its log.
  static Rig sqlite(Path elsewhere) {
    Path folder = TempDirs.create("crash");
    try {
      Path data = Files.createSymbolicLink(folder.resolve("data"), elsewhere);
      return new Rig(folder, data, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// On a PostgreSQL of its own.
  static Rig postgresql() {
    Path folder = TempDirs.create("crash");
    return new Rig(folder, folder.resolve("data"), Optional.of(PostgresServer.start()));
  }

  /// Starts the server; the second and later times on the same data and ports.
  ///
  /// @return how long it took
  Duration start() {
    long begin = System.nanoTime();
    ReeveProcess before = process;
    process =
        before == null
            ? ReeveProcess.up(data, SETTINGS, arguments.toArray(String[]::new))
            : before.again();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /// Signal 9.
  void kill() {
    running().kill();
  }

  /// `HOST:PORT` of its gRPC listener; the same after every start.
  String address() {
    return running().ready().grpc();
  }

  /// `HOST:PORT` of its HTTP listener.
  String http() {
    return running().ready().http();
  }

  boolean isAlive() {
    return running().isAlive();
  }

  /// The database server of this rig.
  PostgresServer postgres() {
    return postgres.orElseThrow();
  }

  /// Leaves data and log where they are for whoever wants to know; the folders that hold them.
  List<Path> keep() {
    kept = true;
    List<Path> folders = new ArrayList<>(List.of(folder));
    postgres.ifPresent(server -> folders.add(server.folder()));
    return folders;
  }

  private ReeveProcess running() {
    if (process == null) {
      throw new IllegalStateException("server: not started (expected: start before)");
    }
    return process;
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
    if (kept) {
      postgres.ifPresent(PostgresServer::kill);
    } else {
      postgres.ifPresent(PostgresServer::close);
      TempDirs.delete(folder);
    }
  }
}

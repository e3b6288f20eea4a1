package dev.reeve.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL of a test's own: a temporary data folder, a free port on loopback, commits
/// that reach the disk. Dies with this JVM, however that ends. Runs as an unprivileged user when
/// the test is root. A machine without the server programs is a failure with the line that installs
/// them, never a skipped test.
///
/// Tests that only need a database share one server: `PostgresServer.shared().createDatabase()`.
/// Tests that stop or kill it start their own. Thread-safe; all methods block.
public final class PostgresServer implements AutoCloseable {
  private static final String USER = "reeve";
  private static final String HOST = "127.0.0.1";
  private static final int START_ATTEMPTS = 5;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(5);

  /// Runs the server, and ends it at once when this JVM is gone: `read` then sees the end of stdin.
  private static final String WATCHDOG =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      server=$!
      (read -r _ <&3; kill -QUIT $server 2>/dev/null) &
      wait $server
      """;

  private final Path binaries = PostgresBinaries.folder();
  private final UnprivilegedUser user = UnprivilegedUser.find();
  private final Path folder = TempDirs.create("postgres");
  private final String password = UUID.randomUUID().toString();
  private final AtomicInteger databases = new AtomicInteger();
  private int port = FreePorts.next();
  private @Nullable Process watchdog;

  private PostgresServer() {}

  /// The one server that all tests of this JVM share. Started by the first caller, removed at exit.
  /// Never stop or kill it.
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /// A new running server for the caller alone, who closes it. Takes about a second.
  public static PostgresServer start() {
    PostgresServer server = new PostgresServer();
    try {
      server.initialize();
      server.startSomewhere();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /// An empty database that no other test uses. Lives as long as the server.
  public PostgresDatabase createDatabase() {
    PostgresDatabase database = database("test_" + databases.incrementAndGet());
    try (Connection connection = DriverManager.getConnection(database("postgres").jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database.name() + " TEMPLATE template0");
      return database;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create a database; " + log(), e);
    }
  }

  /// Ends all connections and shuts down in order. The data and the port are kept for [#resume()].
  public synchronized void stop() {
    Process watched = running();
    serverProcess().ifPresent(server -> run(List.of("kill", "-INT", "" + server.pid())));
    if (!endsWithin(watched, TIMEOUT)) {
      throw new IllegalStateException("PostgreSQL did not stop within " + TIMEOUT + "; " + log());
    }
    watchdog = null;
  }

  /// Kills the server and its workers with signal 9, as a power cut would. The data and the port
  /// are kept for [#resume()], which then recovers from the write-ahead log.
  public synchronized void kill() {
    endNow(running());
    watchdog = null;
  }

  /// Starts the server again on the same data and port after [#stop()] or [#kill()], and returns
  /// when it accepts connections.
  public synchronized void resume() {
    if (!launch()) {
      throw new IllegalStateException("PostgreSQL did not start again; " + log());
    }
  }

  /// [#stop()] and [#resume()].
  public synchronized void restart() {
    stop();
    resume();
  }

  /// Where its data and log are, for whoever looks into a failure.
  public Path folder() {
    return folder;
  }

  /// Ends the server and deletes its data.
  @Override
  public synchronized void close() {
    if (watchdog != null) {
      endNow(watchdog);
      watchdog = null;
    }
    TempDirs.delete(folder);
  }

  /// The databases of many tests take longer to delete than an ending JVM is given: leave that to a
  /// process which outlives it.
  private synchronized void closeAtExit() {
    if (watchdog != null) {
      endNow(watchdog);
      watchdog = null;
    }
    try {
      new ProcessBuilder("rm", "-rf", folder.toString()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void initialize() {
    user.own(folder);
    Path passwordFile = folder.resolve("password");
    write(passwordFile, password);
    user.own(passwordFile);
    run(
        user.command(
            List.of(
                binaries.resolve("initdb").toString(),
                "--pgdata=" + data(),
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                // The folder is new: only what the server itself writes from now on must be
                // durable.
                "--no-sync")));
  }

  private synchronized void startSomewhere() {
    for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
      if (launch()) {
        return;
      }
      port = FreePorts.next();
    }
    throw new IllegalStateException("PostgreSQL did not start; " + log());
  }

  /// False when the server ended before it was ready, for instance because its port was taken.
  private boolean launch() {
    List<String> server =
        List.of(
            binaries.resolve("postgres").toString(),
            "-D" + data(),
            "-clisten_addresses=" + HOST,
            "-cport=" + port,
            "-cunix_socket_directories=",
            "-cfsync=on",
            "-csynchronous_commit=on",
            "-cmax_connections=200");
    List<String> command = new ArrayList<>(List.of("sh", "-c", WATCHDOG, "reeve-postgres"));
    command.addAll(server);
    Process started = spawn(user.command(command));
    watchdog = started;
    Await.until("PostgreSQL ready", TIMEOUT, () -> isReady(started) || !started.isAlive());
    return started.isAlive();
  }

  private Process spawn(List<String> command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The server names its state in line 8 of its pid file: `ready` when it accepts connections. A
  /// file that a killed one left says so too, until the new one writes its own.
  private boolean isReady(Process started) {
    List<String> lines = pidFile();
    return lines.size() >= 8
        && lines.get(7).strip().equals("ready")
        && started.descendants().anyMatch(server -> lines.getFirst().equals("" + server.pid()));
  }

  private Optional<ProcessHandle> serverProcess() {
    return pidFile().stream().findFirst().flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
  }

  /// Its lines; none while there is no such file, which a starting server takes away and writes
  /// anew.
  private List<String> pidFile() {
    try {
      return Files.readAllLines(data().resolve("postmaster.pid"));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Signal 9 for the server and its workers, so that none can write a last page; the watchdog then
  /// ends by itself.
  private void endNow(Process watched) {
    List<ProcessHandle> family = new ArrayList<>();
    serverProcess().ifPresent(family::add);
    serverProcess().ifPresent(server -> server.descendants().forEach(family::add));
    family.forEach(ProcessHandle::destroyForcibly);
    if (family.isEmpty() || !endsWithin(watched, GRACE)) {
      watched.descendants().forEach(ProcessHandle::destroyForcibly);
      watched.destroyForcibly();
      endsWithin(watched, GRACE);
    }
    Await.reached(GRACE, () -> family.stream().noneMatch(PostgresServer::isRunning));
  }

  /// An orphan that has ended but was not yet waited for has no program any more.
  private static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private static boolean endsWithin(Process process, Duration limit) {
    try {
      return process.waitFor(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Process running() {
    if (watchdog == null) {
      throw new IllegalStateException("PostgreSQL: stopped (expected: running)");
    }
    return watchdog;
  }

  private void run(List<String> command) {
    try {
      int status = spawn(command).waitFor();
      if (status != 0) {
        throw new IllegalStateException(command + ": status " + status + "; " + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }

  private PostgresDatabase database(String name) {
    return new PostgresDatabase(HOST, port, name, USER, password);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path logFile() {
    return folder.resolve("server.log");
  }

  /// What the server said, for messages.
  private String log() {
    try {
      return "its log: " + (Files.exists(logFile()) ? Files.readString(logFile()) : "empty");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {
    static final PostgresServer SERVER = startOnce();

    private static PostgresServer startOnce() {
      PostgresServer server = PostgresServer.start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::closeAtExit, "postgres-close"));
      return server;
    }
  }
}

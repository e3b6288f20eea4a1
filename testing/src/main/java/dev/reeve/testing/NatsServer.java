package dev.reeve.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real NATS server of a test's own, with JetStream in a temporary folder, on a free port of
/// loopback. Dies with this JVM, however that ends. A machine without the program is a failure with
/// the line that installs it, never a skipped test.
///
/// Tests that only need a broker share one: `NatsServer.shared()`, with subjects of their own.
/// Tests that stop or kill it start their own. Thread-safe; all methods block.
public final class NatsServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int START_ATTEMPTS = 5;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int SOCKET_TIMEOUT_MILLIS = 1_000;
  private static final String INSTALL =
      "no nats-server found (expected: on PATH or in /usr/sbin); install with:"
          + " sudo apt-get install -y --no-install-recommends nats-server";

  /// Runs the server, and ends it at once when this JVM is gone: `read` then sees the end of stdin.
  private static final String WATCHDOG =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      server=$!
      echo $server > "$PID_FILE"
      (read -r _ <&3; kill -KILL $server 2>/dev/null) &
      wait $server
      """;

  private final Path binary = binary();
  private final Path folder = TempDirs.create("nats");
  private final String settings;
  private int port = FreePorts.next();
  private @Nullable Process watchdog;

  private NatsServer(String settings) {
    this.settings = settings;
  }

  /// The one server that all tests of this JVM share. Started by the first caller, removed at exit.
  /// Never stop or kill it.
  public static NatsServer shared() {
    return Shared.SERVER;
  }

  /// A new running server with JetStream for the caller alone, who closes it.
  public static NatsServer start() {
    return start("jetstream { store_dir: %STORE% }");
  }

  /// A new running server for the caller alone.
  ///
  /// @param settings further lines of its configuration file, where `%STORE%` stands for a folder
  ///   of its own; JetStream only when they say so
  public static NatsServer start(String settings) {
    NatsServer server = stopped(settings);
    try {
      server.startSomewhere();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /// A server that does not run yet; [#resume()] starts it at [#uri()].
  public static NatsServer stopped(String settings) {
    return new NatsServer(settings);
  }

  /// Where it listens: the same after each start.
  public URI uri() {
    return URI.create("nats://" + HOST + ":" + port);
  }

  /// The port, the same after each start.
  public synchronized int port() {
    return port;
  }

  /// Shuts down in order. The data and the port are kept for [#resume()].
  public synchronized void stop() {
    end("TERM");
  }

  /// Kills it with signal 9. The data and the port are kept for [#resume()].
  public synchronized void kill() {
    end("KILL");
  }

  /// Stops the process without ending it, as a machine that hangs: connections stay open and
  /// nothing answers. Returns when it stands still.
  public synchronized void freeze() {
    signal("STOP");
    Await.until("nats-server stopped", this::standsStill);
  }

  /// Lets a frozen server go on.
  public synchronized void thaw() {
    signal("CONT");
  }

  /// Starts it again on the same data and port, and returns when it takes connections.
  public synchronized void resume() {
    if (!launch()) {
      throw new IllegalStateException("nats-server did not start again; " + log());
    }
  }

  /// [#kill()] and [#resume()].
  public synchronized void killAndResume() {
    kill();
    resume();
  }

  /// [#kill()], and the disk is gone: [#resume()] starts with nothing.
  public synchronized void killAndLoseDisk() {
    kill();
    TempDirs.delete(folder.resolve("data"));
  }

  /// Where its data and log are, for whoever looks into a failure.
  public Path folder() {
    return folder;
  }

  /// Ends the server and deletes its data.
  @Override
  public synchronized void close() {
    if (watchdog != null) {
      end("KILL");
    }
    TempDirs.delete(folder);
  }

  private synchronized void startSomewhere() {
    for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
      if (launch()) {
        return;
      }
      port = FreePorts.next();
    }
    throw new IllegalStateException("nats-server did not start; " + log());
  }

  /// False when the server ended before it was ready, for instance because its port was taken.
  private boolean launch() {
    Path config = folder.resolve("nats.conf");
    try {
      Files.writeString(
          config,
          "listen: \"%s:%d\"\n%s\n"
              .formatted(
                  HOST, port, settings.replace("%STORE%", "\"" + folder.resolve("data") + "\"")));
      ProcessBuilder builder =
          new ProcessBuilder(
                  List.of(
                      "sh",
                      "-c",
                      WATCHDOG,
                      "reeve-nats",
                      binary.toString(),
                      "-c",
                      config.toString()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
      builder.environment().put("PID_FILE", pidFile().toString());
      Process started = builder.start();
      watchdog = started;
      Await.until("nats-server ready", TIMEOUT, () -> greets() || !started.isAlive());
      return started.isAlive();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A server greets each connection with a line that says what it is.
  private boolean greets() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SOCKET_TIMEOUT_MILLIS);
      socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
      String line =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      return line != null && line.startsWith("INFO ");
    } catch (IOException _) {
      return false;
    }
  }

  private void end(String signal) {
    Process watched = watchdog;
    if (watched == null) {
      throw new IllegalStateException("nats-server: stopped (expected: running)");
    }
    signal(signal);
    if (!endsWithin(watched, GRACE)) {
      signal("KILL");
      watched.descendants().forEach(ProcessHandle::destroyForcibly);
      watched.destroyForcibly();
      endsWithin(watched, GRACE);
    }
    watchdog = null;
  }

  private void signal(String signal) {
    try {
      Optional<Long> pid = pid();
      if (pid.isPresent()) {
        new ProcessBuilder("kill", "-" + signal, pid.get().toString()).start().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending " + signal, e);
    }
  }

  /// Each of its threads: they stop one after the other.
  private boolean standsStill() {
    try {
      Path threads = Path.of("/proc", pid().orElseThrow().toString(), "task");
      try (Stream<Path> each = Files.list(threads)) {
        return each.allMatch(NatsServer::isStopped);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isStopped(Path thread) {
    try {
      String state = Files.readString(thread.resolve("stat"));
      return state.substring(state.lastIndexOf(')')).startsWith(") T");
    } catch (NoSuchFileException e) {
      // It has ended.
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Long> pid() throws IOException {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    String text = Files.readString(pidFile()).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text));
  }

  private static boolean endsWithin(Process process, Duration limit) {
    try {
      return process.waitFor(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Path pidFile() {
    return folder.resolve("pid");
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

  private static Path binary() {
    List<Path> folders = new ArrayList<>();
    for (String path : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      folders.add(Path.of(path));
    }
    folders.add(Path.of("/usr/sbin"));
    folders.add(Path.of("/usr/local/bin"));
    folders.add(Path.of("/opt/homebrew/bin"));
    return folders.stream()
        .map(path -> path.resolve("nats-server"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(INSTALL));
  }

  private static final class Shared {
    static final NatsServer SERVER = startOnce();

    private static NatsServer startOnce() {
      NatsServer server = NatsServer.start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "nats-close"));
      return server;
    }
  }
}

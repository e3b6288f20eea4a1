package dev.reeve.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The real server as a process of its own, started by the launcher: what a user runs, and what a
/// test can kill. Runs what was built last, on free ports, and dies with this JVM when that ends in
/// order. Thread-safe; all methods block.
public final class ReeveProcess implements AutoCloseable {
  /// How a process ended.
  ///
  /// @param status its exit status
  /// @param log what it wrote on standard error
  public record Ended(int status, String log) {}

  private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
  private static final List<String> PORT_FLAGS =
      List.of("--port", "--http-port", "--internal-port");

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private final Process process;
  private final BufferedReader out;
  private final Thread atExit;
  private @Nullable ReadyLine ready;

  private ReeveProcess(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.log = log;
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    process = builder.start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    atExit = new Thread(process::destroyForcibly, "reeve-kill");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /// `reeve up` on this data folder, with further arguments; returns when it is ready. Its log goes
  /// to `server.log` beside the data. Throws with that log when it ends before.
  public static ReeveProcess up(Path data, String... arguments) {
    return up(data, Map.of(), arguments);
  }

  /// The same, with further environment variables.
  public static ReeveProcess up(Path data, Map<String, String> settings, String... arguments) {
    ReeveProcess server = launch(data, settings, arguments);
    server.awaitReady(READY_TIMEOUT);
    return server;
  }

  /// The same without waiting until it is ready: a standby, for instance.
  public static ReeveProcess launch(Path data, Map<String, String> settings, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(RepositoryRoot.path().resolve("reeve").toString());
    command.addAll(List.of("up", "--data", data.toString()));
    if (!List.of(arguments).contains("--port")) {
      command.addAll(List.of("--port", "0"));
    }
    command.addAll(List.of(arguments));
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("REEVE_BUILD", "off");
    return spawn(command, environment, data.resolveSibling(data.getFileName() + ".server.log"));
  }

  /// Runs a server that is expected to refuse, to its end.
  public static Ended refused(Path data, String... arguments) {
    try (ReeveProcess server = launch(data, Map.of(), arguments)) {
      server.awaitEnd();
      return new Ended(server.process.exitValue(), server.log());
    }
  }

  /// Any command that prints a ready line and then goes on.
  static ReeveProcess start(List<String> command, Map<String, String> environment, Path log) {
    ReeveProcess server = spawn(command, environment, log);
    server.awaitReady(READY_TIMEOUT);
    return server;
  }

  private static ReeveProcess spawn(
      List<String> command, Map<String, String> environment, Path log) {
    try {
      return new ReeveProcess(command, environment, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts the same server again, on the same data and ports, after it has ended. Returns when it
  /// is ready.
  public ReeveProcess again() {
    List<String> same = new ArrayList<>();
    for (int i = 0; i < command.size(); i++) {
      if (PORT_FLAGS.contains(command.get(i))) {
        i++;
      } else {
        same.add(command.get(i));
      }
    }
    ready().ports().forEach((flag, port) -> same.addAll(List.of(flag, String.valueOf(port))));
    return start(same, environment, log);
  }

  /// Where it listens; throws when it is not ready yet.
  public synchronized ReadyLine ready() {
    if (ready == null) {
      throw new IllegalStateException("not ready (expected: awaitReady before)");
    }
    return ready;
  }

  /// True once it has said that it is ready.
  public synchronized boolean isReady() {
    return ready != null || hasLine();
  }

  /// Waits until it says that it is ready; kills it and throws with its log when it does not.
  public synchronized ReadyLine awaitReady(Duration limit) {
    Await.reached(limit, () -> isReady() || !process.isAlive());
    try {
      if (ready == null && hasLine()) {
        ready = ReadyLine.parse(out.readLine());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (ready == null) {
      close();
      throw new IllegalStateException(
          command + " was not ready or ended before; its log: " + log());
    }
    return ready;
  }

  /// The process, which is the JVM itself: the launcher has given way to it.
  public long pid() {
    return process.pid();
  }

  /// False once it has ended.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// Signal 9, as a crash.
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /// SIGTERM: it drains and ends by itself. Returns its exit status.
  public int terminate() {
    process.destroy();
    awaitEnd();
    return process.exitValue();
  }

  /// What it has logged so far.
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Kills it, unless it has ended.
  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // This JVM is ending already: the hook may run, and finds nothing to kill.
      return;
    }
  }

  private boolean hasLine() {
    try {
      return out.ready();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP_TIMEOUT)) {
        throw new IllegalStateException("the server did not end within " + STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the server ends", e);
    }
  }
}

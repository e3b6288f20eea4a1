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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The real server as a process of its own, started by the launcher: what a user runs, and what a
/// test can kill. Runs what was built last, on free ports, and dies with this JVM when that ends in
/// order. Thread-safe; all methods block.
public final class ReeveProcess implements AutoCloseable {
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  private final Process process;
  private final Thread atExit;
  private final Path log;
  private final ReadyLine ready;

  private ReeveProcess(Process process, Thread atExit, Path log, ReadyLine ready) {
    this.process = process;
    this.atExit = atExit;
    this.log = log;
    this.ready = ready;
  }

  /// `reeve up` on this data folder, with further arguments; returns when it is ready. Its log goes
  /// to `server.log` beside the data. Throws with that log when it ends before.
  public static ReeveProcess up(Path data, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(RepositoryRoot.path().resolve("reeve").toString());
    command.addAll(List.of("up", "--data", data.toString(), "--port", "0"));
    command.addAll(List.of(arguments));
    Path log = data.resolveSibling(data.getFileName() + ".server.log");
    return start(command, Map.of("REEVE_BUILD", "off"), log);
  }

  /// Any command that prints a ready line and then goes on.
  static ReeveProcess start(List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      Thread atExit = new Thread(process::destroyForcibly, "reeve-kill");
      Runtime.getRuntime().addShutdownHook(atExit);
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      Await.reached(READY_TIMEOUT, () -> hasLine(out) || !process.isAlive());
      @Nullable String line = hasLine(out) ? out.readLine() : null;
      if (line == null) {
        process.destroyForcibly();
        throw new IllegalStateException(
            command + " was not ready or ended before; its log: " + Files.readString(log));
      }
      return new ReeveProcess(process, atExit, log, ReadyLine.parse(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it listens.
  public ReadyLine ready() {
    return ready;
  }

  /// The process, which is the JVM itself: the launcher has given way to it.
  public long pid() {
    return process.pid();
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

  private static boolean hasLine(BufferedReader out) {
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

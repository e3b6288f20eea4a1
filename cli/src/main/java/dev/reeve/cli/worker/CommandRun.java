package dev.reeve.cli.worker;

import com.google.protobuf.ByteString;
import dev.reeve.cli.client.Durations;
import dev.reeve.wire.reeve.v1.Assignment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// One command run for one assignment, from start to the end of its process group. Runs once, on
/// the thread that calls [#execute]; [#stop] may be called by any thread at any time.
final class CommandRun {
  /// Largest result, and so the most that is kept of stdout.
  static final int RESULT_BYTES_MAX = 64 * 1024 * 1024;

  private static final int EXIT_RETRY = 75;
  private static final int SIGNAL_BASE = 128;

  /// How much longer than the server's own limit a run may go on, should the server not say so.
  private static final Duration SERVER_LIMIT_GRACE = Duration.ofSeconds(10);

  private static final Duration PIPES_CLOSE_MAX = Duration.ofSeconds(2);
  private static final Duration GROUP_LOOK = Duration.ofMillis(50);
  private static final int READ_BYTES = 64 * 1024;

  /// Why a run is ended from outside.
  enum Stop {
    /// Nobody waits for it: the server gave it up, or the worker is stopping.
    DROPPED,
    /// It took too long.
    TIMED_OUT,
    /// It printed too much.
    TOO_LARGE
  }

  private final Assignment assignment;
  private final WorkerSettings settings;
  private final ProcessGroups groups;
  private final CompletableFuture<Stop> stop = new CompletableFuture<>();
  private final ByteString.Output stdout = ByteString.newOutput();
  private final StderrTail stderr;

  CommandRun(
      Assignment assignment,
      WorkerSettings settings,
      ProcessGroups groups,
      Consumer<Progress> onProgress) {
    this.assignment = assignment;
    this.settings = settings;
    this.groups = groups;
    this.stderr = new StderrTail(onProgress);
  }

  /// Ends the run before its time; the first reason counts.
  void stop(Stop reason) {
    stop.complete(reason);
  }

  /// Runs the command and returns when its whole group is gone.
  RunOutcome execute() throws InterruptedException {
    if (stop.isDone()) {
      return stopped(stop.join());
    }
    Process process;
    try {
      process = start();
    } catch (IOException e) {
      return new RunOutcome.Failed(
          "COMMAND_NOT_STARTED", "the worker could not start its command", false);
    }
    List<Thread> pipes =
        List.of(
            pipe("stdin", () -> feed(process.getOutputStream())),
            pipe("stdout", () -> collect(process.getInputStream())),
            pipe("stderr", () -> stderr.readAll(process.getErrorStream())));
    awaitEnd(process);
    if (process.isAlive()) {
      terminate(process);
    }
    // What the command left behind in its group ends with it.
    groups.signal(process.pid(), "KILL");
    int exitCode = process.waitFor();
    for (Thread pipe : pipes) {
      pipe.join(PIPES_CLOSE_MAX);
    }
    return stop.isDone() ? stopped(stop.join()) : ended(exitCode);
  }

  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(groups.commandLine(settings.command()));
    builder.environment().clear();
    builder.environment().putAll(RunEnvironment.of(assignment, settings.environment()));
    return builder.start();
  }

  private void awaitEnd(Process process) throws InterruptedException {
    CompletableFuture<Object> either = CompletableFuture.anyOf(process.onExit(), stop);
    try {
      Optional<Duration> limit = limit();
      if (limit.isPresent()) {
        either.get(limit.get().toMillis(), TimeUnit.MILLISECONDS);
      } else {
        either.get();
      }
    } catch (TimeoutException e) {
      stop(Stop.TIMED_OUT);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Duration> limit() {
    Optional<Duration> servers =
        assignment.hasRunTimeout()
            ? Optional.of(
                Duration.ofSeconds(
                        assignment.getRunTimeout().getSeconds(),
                        assignment.getRunTimeout().getNanos())
                    .plus(SERVER_LIMIT_GRACE))
            : Optional.empty();
    if (settings.timeout().isEmpty()) {
      return servers;
    }
    Duration own = settings.timeout().get();
    return servers.filter(limit -> limit.compareTo(own) < 0).or(settings::timeout);
  }

  /// Asks the group to end, and kills it when it does not.
  private void terminate(Process process) throws InterruptedException {
    long until = System.nanoTime() + settings.killGrace().toNanos();
    groups.signal(process.pid(), "TERM");
    while (System.nanoTime() < until && groups.signal(process.pid(), "0")) {
      process.waitFor(GROUP_LOOK);
    }
    groups.signal(process.pid(), "KILL");
  }

  private RunOutcome stopped(Stop reason) {
    return switch (reason) {
      case DROPPED -> new RunOutcome.Dropped();
      case TIMED_OUT ->
          new RunOutcome.Failed(
              "WORKER_TIMEOUT",
              "the command ran longer than " + limit().map(Durations::print).orElse("allowed"),
              false);
      case TOO_LARGE ->
          new RunOutcome.Failed(
              "RESULT_TOO_LARGE",
              "the command printed more than " + RESULT_BYTES_MAX + " bytes",
              false);
    };
  }

  private RunOutcome ended(int exitCode) {
    if (exitCode == 0) {
      return new RunOutcome.Succeeded(result());
    }
    String words = stderr.text();
    if (words.isEmpty()) {
      words =
          exitCode > SIGNAL_BASE
              ? "the command was killed by signal " + (exitCode - SIGNAL_BASE)
              : "the command ended with exit code " + exitCode;
    }
    return exitCode == EXIT_RETRY
        ? new RunOutcome.Failed("COMMAND_ASKED_FOR_RETRY", words, true)
        : new RunOutcome.Failed("COMMAND_FAILED", words, false);
  }

  private ByteString result() {
    synchronized (stdout) {
      return stdout.toByteString();
    }
  }

  private void feed(OutputStream stdin) throws IOException {
    // A command need not read its input: closing early is no failure.
    try (stdin) {
      assignment.getPayload().writeTo(stdin);
    }
  }

  private void collect(InputStream out) throws IOException {
    byte[] buffer = new byte[READ_BYTES];
    for (int count = out.read(buffer); count >= 0; count = out.read(buffer)) {
      synchronized (stdout) {
        if (stdout.size() + count > RESULT_BYTES_MAX) {
          stop(Stop.TOO_LARGE);
        } else {
          stdout.write(buffer, 0, count);
        }
      }
    }
  }

  /// Platform threads: reading a pipe would hold the carrier of a virtual one.
  private Thread pipe(String name, PipeWork work) {
    return Thread.ofPlatform()
        .daemon()
        .name(name + "-" + assignment.getDispatchId())
        .start(() -> {
          try {
            work.run();
          } catch (IOException e) {
            // The other end is gone, which the exit code tells.
          }
        });
  }

  private interface PipeWork {
    void run() throws IOException;
  }
}

package dev.reeve.cli;

import dev.reeve.base.Ids;
import dev.reeve.cli.client.CliProblems;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.cli.worker.ExecWorker;
import dev.reeve.cli.worker.WorkerListener;
import dev.reeve.cli.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve worker`: turns any program into a worker.
@Command(
    name = "worker",
    description = "Run a command for each job of a topic.",
    footer = {
      "The command gets the payload on stdin, and REEVE_JOB_ID, REEVE_TENANT, REEVE_TOPIC,",
      "REEVE_ATTEMPT and REEVE_META_* as variables. Exit code 0: done, stdout is the result.",
      "75: try again later. Any other: failed, the last lines of stderr say why. A line such as",
      "`progress 0.4 half way` on stderr reports progress."
    })
final class WorkerCommand extends ClientCommand {
  /// Beyond the graces, how long the process may take to end.
  private static final Duration END_MAX = Duration.ofSeconds(15);

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      required = true,
      description = "Topic to serve, spelt out; required, may be repeated.")
  private List<String> topics = List.of();

  @Option(
      names = "--exec",
      paramLabel = "CMD",
      required = true,
      description = "Command for each job, run with `sh -c`; required.")
  private String command = "";

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      converter = Converters.Concurrency.class,
      description = "Most jobs at once (default: 1).")
  private int concurrency = 1;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = Converters.Span.class,
      description = "Longest run; then the command and all it started are killed.")
  private @Nullable Duration timeout;

  @Option(
      names = "--stop-grace",
      paramLabel = "DURATION",
      converter = Converters.Span.class,
      description = "How long open runs may go on after a stop signal (default: 30s).")
  private Duration stopGrace = Duration.ofSeconds(30);

  @Option(
      names = "--kill-grace",
      paramLabel = "DURATION",
      converter = Converters.Span.class,
      description = "How long a command may take to end before it is killed (default: 2s).")
  private Duration killGrace = Duration.ofSeconds(2);

  @Option(
      names = "--id",
      paramLabel = "NAME",
      description = "Id of the worker, no other's (default: made of host and process).")
  private @Nullable String id;

  @Option(
      names = "--capability",
      paramLabel = "NAME",
      description = "What it offers, shown in listings; may be repeated.")
  private List<String> capabilities = List.of();

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      converter = Converters.Pair.class,
      description = "Label, shown in listings; may be repeated.")
  private List<Map.Entry<String, String>> labels = List.of();

  WorkerCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    WorkerSettings settings = settings();
    WorkerListener log =
        json()
            ? new WorkerJsonLog(console().out(), settings)
            : new WorkerTextLog(console().err(), settings, connection.server());
    ExecWorker worker = new ExecWorker(settings, connection, log, context().random());
    CountDownLatch ended = new CountDownLatch(1);
    try (StopSignals.Registration _ =
        context().stopSignals().onStop(() -> stopAndWait(worker, ended))) {
      worker.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliProblems.INTERRUPTED.because("the worker was interrupted").toException();
    } finally {
      ended.countDown();
    }
    return ExitCodes.OK;
  }

  /// On the signal's thread: the process goes on until this returns.
  private void stopAndWait(ExecWorker worker, CountDownLatch ended) {
    worker.stop();
    try {
      Duration longest = stopGrace.plus(killGrace).plus(END_MAX);
      ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private WorkerSettings settings() {
    if (command.isBlank()) {
      throw CliProblems.ARGUMENT_INVALID.field("--exec", command, "a command").toException();
    }
    if (id != null && !Ids.isGiven(id)) {
      throw CliProblems.ARGUMENT_INVALID.field("--id", id, Ids.GIVEN_SHAPE).toException();
    }
    return new WorkerSettings(
        id == null ? ownId() : id,
        topics,
        command,
        concurrency,
        Optional.ofNullable(timeout),
        stopGrace,
        killGrace,
        capabilities,
        SubmitOptions.map(labels),
        BuildVersion.text(),
        context().environment());
  }

  /// Without asking the network, which may take long.
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "worker";
    }
  }

  /// `host-1234-9f3a`: two workers on one machine, or on two that share a name, differ.
  private String ownId() {
    String host = context().environment().getOrDefault("HOSTNAME", hostName());
    String safe = host.replaceAll("[^A-Za-z0-9-]", "-").replaceFirst("^-+", "");
    String chance = HexFormat.of().toHexDigits((short) context().random().nextInt());
    return (safe.isEmpty() ? "worker" : safe.substring(0, Math.min(safe.length(), 64)))
        + "-"
        + ProcessHandle.current().pid()
        + "-"
        + chance;
  }
}

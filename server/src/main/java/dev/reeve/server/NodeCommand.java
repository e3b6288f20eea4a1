package dev.reeve.server;

import dev.reeve.cli.BuildVersion;
import dev.reeve.cli.Console;
import dev.reeve.gateway.node.NodeListener;
import dev.reeve.gateway.remote.BearerKey;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.Workers;
import dev.reeve.service.node.SimulatorNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve node`: lends the processors of a machine to a server, whose jobs with split shots then
/// run here too. Prints its ready line and nothing else on standard output.
@Command(
    name = "node",
    sortOptions = false,
    abbreviateSynopsis = true,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    description = "Run shards of a server's quantum jobs.",
    footer = {
      "The server finds it by its configuration:",
      "  devices: {\"node:1\": {kind: driver, address: \"127.0.0.1:7071\"}}",
      "It keeps nothing, and may end at any time: its shards then run elsewhere."
    })
final class NodeCommand implements Callable<Integer> {
  private static final int RUNS_WAITING_MAX = 64;
  private static final int SLOTS_MAX = 256;

  private final PrintStream out;

  @Option(
      names = "--id",
      paramLabel = "ID",
      defaultValue = "node:1",
      description = "What the server calls it (node:1).")
  private String id = "node:1";

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (127.0.0.1); another machine's wants --key-file.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "7071",
      description = "Port to listen on (7071); 0 for a free one.")
  private int port;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "1",
      description = "Shards that run side by side (1); each uses all processors.")
  private int slots;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "A key that the server must show, its device's key_file.")
  private @Nullable Path keyFile;

  /// @param console where the ready line goes
  NodeCommand(Console console) {
    this.out = console.out();
  }

  /// Serves until the process is told to stop.
  ///
  /// @return exit code
  @Override
  public Integer call() throws InterruptedException {
    requireOptions();
    int processors = Runtime.getRuntime().availableProcessors();
    ExecutorService helpers =
        new ThreadPoolExecutor(
            processors,
            processors,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("cpu-", 0).daemon(true).factory());
    ExecutorService runs =
        new ThreadPoolExecutor(
            slots,
            slots,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(RUNS_WAITING_MAX),
            Thread.ofPlatform().name("run-", 0).daemon(true).factory());
    SimulatorNode node =
        new SimulatorNode(
            id,
            BuildVersion.text(),
            new CircuitSimulator(Workers.of(helpers, processors)),
            slots,
            MachineMemory.here().simulatorBytesDefault());
    try (NodeListener listener = NodeListener.start(host, port, key(), node, runs)) {
      out.println("reeve node ready id=" + id + " grpc=" + listener.address());
      out.flush();
      // Nothing is kept, so there is nothing to stop in order: the process ends by its signal.
      new CountDownLatch(1).await();
    } finally {
      runs.shutdownNow();
      helpers.shutdownNow();
    }
    return UpCommand.EXIT_OK;
  }

  private void requireOptions() {
    if (!DevicesReader.isId(id)) {
      throw wrong("--id", id, "vendor:device in lower case");
    }
    if (slots < 1 || slots > SLOTS_MAX) {
      throw wrong("--slots", Integer.toString(slots), "1 to " + SLOTS_MAX);
    }
    if (port < 0 || port > 65_535) {
      throw wrong("--port", Integer.toString(port), "0 to 65535");
    }
  }

  private Optional<BearerKey> key() {
    return Optional.ofNullable(keyFile).map(file -> BearerKey.read("--key-file", file));
  }

  private static RuntimeException wrong(String option, String value, String expected) {
    return ServerProblems.CONFIG_INVALID
        .because("%s: %s (expected: %s)".formatted(option, value, expected))
        .toException();
  }
}

package dev.reeve.server;

import dev.reeve.cli.Console;
import dev.reeve.engine.port.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `reeve up`: runs the server until it is told to stop. Prints the ready line and nothing else on
/// standard output.
@Command(name = "up", description = "Run the server.")
final class UpCommand implements Callable<Integer> {
  static final int EXIT_OK = 0;
  static final int EXIT_SERVER_FAILURE = 4;

  private final PrintStream out;
  private final Map<String, String> environment;

  @Option(names = "--data", paramLabel = "DIR", description = "Data directory (./reeve-data).")
  private @Nullable String data;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description = "sqlite, or postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
  private @Nullable String store;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on (127.0.0.1).")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "gRPC port (50051); 0 for free ports everywhere.")
  private @Nullable String port;

  @Option(
      names = "--http-port",
      paramLabel = "N",
      description = "HTTP port (8080); 0 for a free one.")
  private @Nullable String httpPort;

  @Option(
      names = "--internal-port",
      paramLabel = "N",
      description = "Port of the internal gRPC listener; none without it.")
  private @Nullable String internalPort;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "A policy file, or a folder of them; several are merged in order.")
  private List<String> policies = new ArrayList<>();

  @Option(
      names = "--invariants",
      paramLabel = "FILE",
      description = "The floor: rules whose restrictions nothing overrides.")
  private @Nullable String invariants;

  @Option(
      names = "--scanners",
      paramLabel = "FILE",
      description = "Scanners of your own; one with a built-in name replaces that.")
  private @Nullable String scanners;

  @Option(
      names = "--nats",
      paramLabel = "URL",
      description = "The NATS broker: nats://HOST:PORT or tls://HOST:PORT, several with commas.")
  private @Nullable String nats;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
  private @Nullable Path config;

  @Option(
      names = "--drain",
      paramLabel = "DURATION",
      description = "How long a stop waits for calls in progress (10s).")
  private @Nullable String drain;

  @Option(
      names = "--accept-rollback",
      description =
          "Take a database that lacks signed receipts as it is, and say so in the audit log.")
  private boolean acceptRollback;

  /// @param console where the ready line goes
  /// @param environment environment variables, read as configuration
  UpCommand(Console console, Map<String, String> environment) {
    this.out = console.out();
    this.environment = Map.copyOf(environment);
  }

  /// Serves until the process is told to stop.
  ///
  /// @return exit code
  @Override
  public Integer call() throws InterruptedException {
    try {
      return serve(load());
    } catch (IOException e) {
      throw ServerProblems.CONFIG_INVALID
          .because("config: " + config + " cannot be read (" + e.getMessage() + ")")
          .toException();
    } catch (StoreException e) {
      throw StoreFailures.problem(e).toException();
    }
  }

  private int serve(ConfigLoader.Loaded loaded) throws StoreException, InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicBoolean drained = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  stop.countDown();
                  awaitQuietly(stopped);
                  if (drained.get()) {
                    // Left to itself, a JVM that was told to stop says 143, as if it had been
                    // killed.
                    Runtime.getRuntime().halt(EXIT_OK);
                  }
                }));
    try {
      try (ReeveServer server =
          ReeveServer.start(loaded, () -> stop.getCount() == 0, acceptRollback)) {
        out.println(server.readyLine(loaded.config()));
        out.flush();
        stop.await();
      }
      drained.set(true);
    } finally {
      stopped.countDown();
    }
    return EXIT_OK;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ConfigLoader.Loaded load() throws IOException {
    Map<String, String> flags = new HashMap<>();
    put(flags, ConfigKeys.DATA, data);
    put(flags, ConfigKeys.STORE, store);
    put(flags, ConfigKeys.HOST, host);
    put(flags, ConfigKeys.GRPC_PORT, port);
    put(flags, ConfigKeys.HTTP_PORT, httpPort == null && "0".equals(port) ? port : httpPort);
    put(flags, ConfigKeys.INTERNAL_PORT, internalPort);
    if (!policies.isEmpty()) {
      put(flags, ConfigKeys.POLICY_FILE, policies.getFirst());
      put(flags, ConfigKeys.POLICY_FILES, String.join(",", policies.subList(1, policies.size())));
    }
    put(flags, ConfigKeys.POLICY_INVARIANTS, invariants);
    put(flags, ConfigKeys.SCANNERS_FILE, scanners);
    put(flags, ConfigKeys.DRAIN, drain);
    put(flags, BusKeys.URL, nats);
    Path file = config;
    String text = file == null ? "" : Files.readString(file, StandardCharsets.UTF_8);
    return ConfigLoader.load(
        flags, environment, file == null ? "" : file.toString(), text, MachineMemory.here());
  }

  private static void put(Map<String, String> flags, ConfigKey key, @Nullable String value) {
    if (value != null) {
      flags.put(key.name(), value);
    }
  }
}

package dev.reeve.server;

import dev.reeve.base.ProblemException;
import dev.reeve.engine.port.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// `reeve up`: runs the server until it is told to stop. Prints the ready line and nothing else on
/// standard output.
public final class UpCommand {
  static final int EXIT_OK = 0;
  static final int EXIT_USER_ERROR = 2;
  static final int EXIT_SERVER_FAILURE = 4;

  private static final Map<String, ConfigKey> FLAGS =
      Map.of(
          "--data", ConfigKeys.DATA,
          "--store", ConfigKeys.STORE,
          "--host", ConfigKeys.HOST,
          "--port", ConfigKeys.GRPC_PORT,
          "--http-port", ConfigKeys.HTTP_PORT,
          "--internal-port", ConfigKeys.INTERNAL_PORT,
          "--policy", ConfigKeys.POLICY_FILE,
          "--drain", ConfigKeys.DRAIN);

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  public UpCommand(PrintStream out, PrintStream err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = Map.copyOf(environment);
  }

  /// @return exit code
  public int run(List<String> arguments) {
    try {
      return serve(load(arguments));
    } catch (ProblemException e) {
      err.println("reeve: " + e.problem().message());
      return EXIT_USER_ERROR;
    } catch (StoreException.OwnedElsewhere | StoreException.NewerFormat e) {
      err.println("reeve: " + e.getMessage());
      return EXIT_USER_ERROR;
    } catch (StoreException | IOException e) {
      err.println("reeve: " + e.getMessage());
      return EXIT_SERVER_FAILURE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return EXIT_SERVER_FAILURE;
    }
  }

  private int serve(ServerConfig config) throws StoreException, InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  stop.countDown();
                  awaitQuietly(stopped);
                }));
    try (ReeveServer server = ReeveServer.start(config, () -> stop.getCount() == 0)) {
      out.println(server.readyLine(config));
      out.flush();
      stop.await();
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

  private ServerConfig load(List<String> arguments) throws IOException {
    Map<String, String> flags = new HashMap<>();
    Optional<Path> file = Optional.empty();
    for (int i = 0; i < arguments.size(); i += 2) {
      String flag = arguments.get(i);
      if (i + 1 == arguments.size() || (!FLAGS.containsKey(flag) && !flag.equals("--config"))) {
        throw ServerProblems.CONFIG_INVALID
            .because(
                "up: "
                    + flag
                    + " (expected: a value after one of --config "
                    + String.join(" ", FLAGS.keySet().stream().sorted().toList())
                    + ")")
            .toException();
      }
      String value = arguments.get(i + 1);
      ConfigKey key = FLAGS.get(flag);
      if (key == null) {
        file = Optional.of(Path.of(value));
      } else {
        flags.put(key.name(), value);
      }
    }
    String text = file.isPresent() ? Files.readString(file.get(), StandardCharsets.UTF_8) : "";
    return ConfigLoader.load(
            flags, environment, file.map(Path::toString).orElse(""), text, machineMemoryBytes())
        .config();
  }

  private static long machineMemoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }
}

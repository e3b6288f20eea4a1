package dev.reeve.server;

import dev.reeve.base.Bytes;
import dev.reeve.cli.Cli;
import dev.reeve.cli.CliAdditions;
import dev.reeve.cli.Console;
import dev.reeve.engine.port.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// `reeve demo`: a server of its own in a temporary directory, one governed job of each kind by the
/// same commands a user would type, and how long each took. Leaves nothing behind.
final class Demo {
  private static final String[] FILES = {"demo-policy.yaml", "bell.qasm"};
  private static final String RULE = "-".repeat(72);

  private final Console console;
  private final PrintStream out;
  private final Map<String, String> environment;

  Demo(Console console, Map<String, String> environment) {
    this.console = console;
    this.out = console.out();
    this.environment = environment;
  }

  /// @return 0 when every job did what it should
  int run() throws IOException, StoreException, InterruptedException {
    Path folder = Files.createTempDirectory("reeve-demo-");
    try {
      copyFiles(folder);
      ConfigLoader.Loaded loaded = config(folder);
      try (ReeveServer server = ReeveServer.start(loaded, () -> false)) {
        return show(folder, "127.0.0.1:" + server.gateway().grpcPort());
      }
    } finally {
      delete(folder);
    }
  }

  private int show(Path folder, String address) throws InterruptedException {
    Thread worker =
        Thread.ofPlatform().daemon(true).name("demo-worker").start(() -> worker(address));
    List<String> failed = new ArrayList<>();
    step(
        failed,
        "A circuit, followed to its histogram",
        0,
        address,
        "submit",
        folder.resolve("bell.qasm").toString(),
        "--shots",
        "1000",
        "--seed",
        "7",
        "--wait");
    step(
        failed,
        "An agent job, done by a worker that is one line of shell",
        0,
        address,
        "submit",
        "--prompt",
        "summarise the incident",
        "--topic",
        "job.default",
        "--wait");
    step(
        failed,
        "A job that policy denies, with the rule that did it",
        UpCommand.EXIT_SERVER_FAILURE,
        address,
        "submit",
        "--topic",
        "job.db.drop",
        "--data",
        "DROP TABLE users");
    String held =
        capture(
            failed,
            "A job that policy holds for a second person",
            address,
            "submit",
            "--prompt",
            "restart the payment service",
            "--topic",
            "job.default",
            "--risk-tag",
            "prod",
            "--principal",
            "alice");
    step(failed, "Approved, it goes on and ends", 0, address, "approve", held);
    step(failed, "What happened to it", 0, address, "watch", held);
    worker.interrupt();
    out.println(RULE);
    out.println(failed.isEmpty() ? "demo: all as it should be" : "demo: failed: " + failed);
    out.flush();
    return failed.isEmpty() ? UpCommand.EXIT_OK : UpCommand.EXIT_SERVER_FAILURE;
  }

  private void step(
      List<String> failed, String title, int expectedExit, String address, String... command) {
    step(failed, title, expectedExit, console, address, command);
  }

  private void step(
      List<String> failed,
      String title,
      int expectedExit,
      Console to,
      String address,
      String... command) {
    out.println(RULE);
    out.println(title);
    out.println("$ reeve " + String.join(" ", command));
    out.flush();
    long begin = System.nanoTime();
    int exit = cli(address, to, command);
    out.printf("(%d ms)%n", Duration.ofNanos(System.nanoTime() - begin).toMillis());
    out.flush();
    if (exit != expectedExit) {
      failed.add(title + " (exit " + exit + ")");
    }
  }

  /// A step whose answer, the job id, the next steps need.
  private String capture(List<String> failed, String title, String address, String... command) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    PrintStream captured = new PrintStream(answer, true, StandardCharsets.UTF_8);
    Console to = new Console(console.in(), captured, console.err(), console.terminal());
    step(failed, title, UpCommand.EXIT_OK, to, address, command);
    String jobId = answer.toString(StandardCharsets.UTF_8).strip();
    out.println(jobId);
    return jobId;
  }

  private void worker(String address) {
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    cli(
        address,
        new Console(console.in(), nowhere, nowhere, console.terminal()),
        "worker",
        "--topic",
        "job.default",
        "--exec",
        "tr a-z A-Z");
  }

  private int cli(String address, Console to, String... command) {
    List<String> line = new ArrayList<>(List.of(command));
    line.add("--server");
    line.add(address);
    return Cli.run(line.toArray(String[]::new), to, environment, CliAdditions.none());
  }

  private static ConfigLoader.Loaded config(Path folder) {
    return ConfigLoader.load(
        Map.of(
            ConfigKeys.DATA.name(), folder.resolve("data").toString(),
            ConfigKeys.POLICY_FILE.name(), folder.resolve(FILES[0]).toString(),
            ConfigKeys.GRPC_PORT.name(), "0",
            ConfigKeys.HTTP_PORT.name(), "0",
            ConfigKeys.DRAIN.name(), "1s"),
        Map.of(),
        "",
        "",
        MachineMemory.here());
  }

  private static void copyFiles(Path folder) throws IOException {
    for (String name : FILES) {
      try (var in = Objects.requireNonNull(Demo.class.getResourceAsStream(name), name)) {
        Files.write(folder.resolve(name), Bytes.wrap(in.readAllBytes()).toArray());
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

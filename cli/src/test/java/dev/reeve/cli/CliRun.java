package dev.reeve.cli;

import dev.reeve.base.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import picocli.CommandLine;

/// Runs commands in this process with streams, variables and a terminal of the test's choice.
final class CliRun {
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private byte[] stdin = new byte[0];
  private Terminal terminal = Terminal.none();
  private InstantSource clock = InstantSource.system();
  private CliAdditions additions = CliAdditions.none();
  private StopSignals stopSignals = _ -> () -> {};

  CliRun() {
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
  }

  static CliRun against(FakeServer server) {
    return new CliRun().variable("REEVE_SERVER", server.address());
  }

  CliRun variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  CliRun stdin(String text) {
    stdin = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  CliRun stdin(byte[] bytes) {
    stdin = bytes;
    return this;
  }

  CliRun terminal(Terminal looksAt) {
    terminal = looksAt;
    return this;
  }

  CliRun clock(InstantSource source) {
    clock = source;
    return this;
  }

  CliRun embedding(CommandLine command, Optional<Supplier<String>> defaults) {
    additions =
        new CliAdditions(
            List.of(new CliAddition(command.getCommandName(), () -> command)),
            defaults,
            Optional.empty(),
            Optional.empty());
    return this;
  }

  CliRun stopSignals(StopSignals signals) {
    stopSignals = signals;
    return this;
  }

  /// Blocks until the command has ended.
  Result run(String... arguments) {
    Console console =
        new Console(
            new ByteArrayInputStream(stdin),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal);
    CliContext context =
        new CliContext(
            console,
            environment,
            clock,
            new SplittableRandom(1),
            stopSignals,
            additions.defaultConfiguration(),
            additions.audit(),
            additions.policies());
    int exitCode = Cli.run(arguments, context, additions);
    return new Result(exitCode, outText(), errText(), Bytes.wrap(out.toByteArray()));
  }

  /// What has been written so far; any thread.
  String outText() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String errText() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /// What a command left.
  record Result(int exitCode, String out, String err, Bytes bytes) {}
}

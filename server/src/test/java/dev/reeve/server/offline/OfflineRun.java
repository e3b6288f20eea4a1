package dev.reeve.server.offline;

import dev.reeve.cli.Cli;
import dev.reeve.cli.CliAdditions;
import dev.reeve.cli.Console;
import dev.reeve.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs a command in this process.
record OfflineRun(int exitCode, String out, String err) {
  static OfflineRun of(String stdin, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.none());
    int exitCode =
        Cli.run(
            arguments,
            console,
            Map.of(),
            new CliAdditions(
                OfflineCommands.all(console, Map.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(OfflinePolicies::open)));
    return new OfflineRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  List<String> lines() {
    return out.lines().toList();
  }
}

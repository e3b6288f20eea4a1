package dev.reeve.server;

import dev.reeve.cli.Cli;
import dev.reeve.cli.CliAddition;
import dev.reeve.cli.CliAdditions;
import dev.reeve.cli.Console;
import dev.reeve.server.audit.OfflineAudit;
import dev.reeve.server.offline.OfflineCommands;
import dev.reeve.server.offline.OfflinePolicies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/// The process entry: the command line, with the commands that need a server inside.
public final class Main {
  private Main() {}

  /// Runs one command and exits with its code.
  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    System.exit(run(arguments, Console.system(environment), environment));
  }

  /// The same without the exit, for programs that embed the whole command line: runs one command on
  /// the calling thread and returns its exit code.
  public static int run(String[] arguments, Console console, Map<String, String> environment) {
    List<CliAddition> commands = new ArrayList<>();
    commands.add(new CliAddition("up", () -> new CommandLine(new UpCommand(console, environment))));
    commands.add(
        new CliAddition("demo", () -> new CommandLine(new DemoCommand(console, environment))));
    commands.add(new CliAddition("node", () -> new CommandLine(new NodeCommand(console))));
    commands.addAll(OfflineCommands.all(console, environment));
    CliAdditions additions =
        new CliAdditions(
            commands,
            Optional.of(ConfigTemplate::text),
            Optional.of((data, store) -> new OfflineAudit().open(data, store)),
            Optional.of(OfflinePolicies::open));
    return Cli.run(arguments, console, environment, additions);
  }
}

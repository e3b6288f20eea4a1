package dev.reeve.server.offline;

import dev.reeve.cli.CliAddition;
import dev.reeve.cli.Console;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/// The commands of this package.
public final class OfflineCommands {
  private OfflineCommands() {}

  /// What the command line is given; each is made when it is used.
  public static List<CliAddition> all(Console console, Map<String, String> environment) {
    return List.of(
        new CliAddition("gate", () -> GateCommand.of(console)),
        new CliAddition(
            "policy check", () -> new CommandLine(new PolicyCheckCommand(console, environment))),
        new CliAddition(
            "policy explain",
            () -> new CommandLine(new PolicyExplainCommand(console, environment))),
        new CliAddition(
            "policy simulate",
            () -> new CommandLine(new PolicySimulateCommand(console, environment))),
        new CliAddition(
            "output check", () -> new CommandLine(new OutputCheckCommand(console, environment))),
        new CliAddition(
            "policy backtest",
            () -> new CommandLine(new PolicyBacktestCommand(console, environment))),
        new CliAddition(
            "route decide",
            () -> new CommandLine(new RouteAskCommand.Decide(console, environment))),
        new CliAddition(
            "route explain",
            () -> new CommandLine(new RouteAskCommand.Explain(console, environment))),
        new CliAddition("policy test", () -> new CommandLine(new PolicyTestCommand(console))));
  }
}

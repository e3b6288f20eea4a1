package dev.reeve.server.offline;

import dev.reeve.cli.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `reeve gate check`: what the governance gate says of requests; asks nobody.
public final class GateCommand {
  private GateCommand() {}

  /// The command with what it can do.
  public static CommandLine of(Console console) {
    return new CommandLine(new Group())
        .addSubcommand(new CommandLine(new GateCheckCommand(console)));
  }

  @Command(
      name = "gate",
      descriptionHeading = "%n",
      commandListHeading = "%nWhat to do:%n",
      synopsisSubcommandLabel = "COMMAND",
      description = "Try the governance gate on requests.")
  private static final class Group {}
}

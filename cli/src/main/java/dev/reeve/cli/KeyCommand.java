package dev.reeve.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `reeve key`: the keys of callers; asks nobody.
@Command(
    name = "key",
    descriptionHeading = "%n",
    commandListHeading = "%nWhat to do:%n",
    synopsisSubcommandLabel = "COMMAND",
    description = "Make keys by which a server knows its callers.")
final class KeyCommand {
  private KeyCommand() {}

  static CommandSpec spec(CliContext context) {
    return CommandSpec.forAnnotatedObject(new KeyCommand())
        .addSubcommand("new", CommandSpec.forAnnotatedObject(new KeyNewCommand(context.console())));
  }
}

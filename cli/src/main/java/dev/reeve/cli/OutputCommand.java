package dev.reeve.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `reeve output`: outputs that the output policy looks at.
@Command(
    name = "output",
    descriptionHeading = "%n",
    commandListHeading = "%nWhat to do:%n",
    synopsisSubcommandLabel = "COMMAND",
    description = "Check outputs, and review those that were held back.")
final class OutputCommand {
  private OutputCommand() {}

  static CommandSpec spec(CliContext context) {
    return CommandSpec.forAnnotatedObject(new OutputCommand())
        .addSubcommand("held", CommandSpec.forAnnotatedObject(new OutputHeldCommand(context)))
        .addSubcommand("show", CommandSpec.forAnnotatedObject(new OutputShowCommand(context)))
        .addSubcommand("release", CommandSpec.forAnnotatedObject(new OutputReleaseCommand(context)))
        .addSubcommand("delete", CommandSpec.forAnnotatedObject(new OutputDeleteCommand(context)));
  }
}

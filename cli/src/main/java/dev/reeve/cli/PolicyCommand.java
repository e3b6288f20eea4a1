package dev.reeve.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `reeve policy`: policies as code.
@Command(
    name = "policy",
    descriptionHeading = "%n",
    commandListHeading = "%nWhat to do:%n",
    synopsisSubcommandLabel = "COMMAND",
    description = "Try, test and compare policies; show those that were in force.")
final class PolicyCommand {
  private PolicyCommand() {}

  static CommandSpec spec(CliContext context) {
    return CommandSpec.forAnnotatedObject(new PolicyCommand())
        .addSubcommand(
            "diff", CommandSpec.forAnnotatedObject(new PolicyDiffCommand(context.console())))
        .addSubcommand(
            "lint", CommandSpec.forAnnotatedObject(new PolicyLintCommand(context.console())))
        .addSubcommand("history", CommandSpec.forAnnotatedObject(new PolicyHistoryCommand(context)))
        .addSubcommand("show", CommandSpec.forAnnotatedObject(new PolicyShowCommand(context)));
  }
}

package dev.reeve.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `reeve genome`: keys, and the signed root of governance; asks nobody.
@Command(
    name = "genome",
    descriptionHeading = "%n",
    commandListHeading = "%nWhat to do:%n",
    synopsisSubcommandLabel = "COMMAND",
    description = "Make, sign and verify the genome, the signed root of governance.")
final class GenomeCommand {
  private GenomeCommand() {}

  static CommandSpec spec(CliContext context) {
    return CommandSpec.forAnnotatedObject(new GenomeCommand())
        .addSubcommand(
            "keygen", CommandSpec.forAnnotatedObject(new GenomeKeygenCommand(context.console())))
        .addSubcommand("build", CommandSpec.forAnnotatedObject(new GenomeBuildCommand(context)))
        .addSubcommand(
            "sign", CommandSpec.forAnnotatedObject(new GenomeSignCommand(context.console())))
        .addSubcommand("verify", CommandSpec.forAnnotatedObject(new GenomeVerifyCommand(context)));
  }
}

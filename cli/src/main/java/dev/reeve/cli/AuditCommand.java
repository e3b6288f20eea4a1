package dev.reeve.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `reeve audit`: proof of what was decided.
@Command(
    name = "audit",
    descriptionHeading = "%n",
    commandListHeading = "%nWhat to do:%n",
    synopsisSubcommandLabel = "COMMAND",
    description = "Export and verify the audit log, show its keys and heads.")
final class AuditCommand {
  private AuditCommand() {}

  static CommandSpec spec(CliContext context) {
    return CommandSpec.forAnnotatedObject(new AuditCommand())
        .addSubcommand("export", CommandSpec.forAnnotatedObject(new AuditExportCommand(context)))
        .addSubcommand("verify", CommandSpec.forAnnotatedObject(new AuditVerifyCommand(context)))
        .addSubcommand("head", CommandSpec.forAnnotatedObject(new AuditHeadCommand(context)))
        .addSubcommand("keys", CommandSpec.forAnnotatedObject(new AuditKeysCommand(context)))
        .addSubcommand(
            "rotate-key", CommandSpec.forAnnotatedObject(new AuditRotateKeyCommand(context)));
  }
}

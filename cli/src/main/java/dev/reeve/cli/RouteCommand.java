package dev.reeve.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `reeve route`: which provider takes a call, and the policies that decide it.
@Command(
    name = "route",
    descriptionHeading = "%n",
    commandListHeading = "%nWhat to do:%n",
    synopsisSubcommandLabel = "COMMAND",
    description = "Choose providers, keep routing policies.")
final class RouteCommand {
  private RouteCommand() {}

  static CommandSpec spec(CliContext context) {
    return CommandSpec.forAnnotatedObject(new RouteCommand())
        .addSubcommand("policies", Policies.spec(context))
        .addSubcommand(
            "providers", CommandSpec.forAnnotatedObject(new RouteProvidersCommand(context)));
  }

  /// `reeve route policies`.
  @Command(
      name = "policies",
      descriptionHeading = "%n",
      commandListHeading = "%nWhat to do:%n",
      synopsisSubcommandLabel = "COMMAND",
      description = "Check, keep and roll back routing policies.")
  private static final class Policies {
    static CommandSpec spec(CliContext context) {
      return CommandSpec.forAnnotatedObject(new Policies())
          .addSubcommand(
              "list", CommandSpec.forAnnotatedObject(new RoutePolicyListCommand(context)))
          .addSubcommand("get", CommandSpec.forAnnotatedObject(new RoutePolicyGetCommand(context)))
          .addSubcommand("put", CommandSpec.forAnnotatedObject(new RoutePolicyPutCommand(context)))
          .addSubcommand(
              "delete", CommandSpec.forAnnotatedObject(new RoutePolicyDeleteCommand(context)))
          .addSubcommand(
              "history", CommandSpec.forAnnotatedObject(new RoutePolicyHistoryCommand(context)))
          .addSubcommand(
              "rollback", CommandSpec.forAnnotatedObject(new RoutePolicyRollbackCommand(context)))
          .addSubcommand(
              "validate",
              CommandSpec.forAnnotatedObject(new RoutePolicyValidateCommand(context.console())));
    }
  }
}

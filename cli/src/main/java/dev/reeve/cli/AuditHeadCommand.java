package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.GetTreeHeadRequest;
import dev.reeve.wire.reeve.v1.SignedTreeHead;
import picocli.CommandLine.Command;

/// `reeve audit head`: the newest signed tree head of a server, to be kept elsewhere.
@Command(
    name = "head",
    description = "Print the newest signed tree head.",
    footer = "Keep it elsewhere: `reeve audit verify --checkpoint` then finds a log that was cut.")
final class AuditHeadCommand extends ClientCommand {
  AuditHeadCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    SignedTreeHead head =
        connection
            .call(() -> connection.audit().getTreeHead(GetTreeHeadRequest.getDefaultInstance()))
            .getSigned();
    if (json()) {
      console().say(Json.line(head));
    } else {
      console().out().print(head.getNote());
    }
    return ExitCodes.OK;
  }
}

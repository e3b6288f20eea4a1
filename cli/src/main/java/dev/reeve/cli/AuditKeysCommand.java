package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.AuditKey;
import dev.reeve.wire.reeve.v1.ListKeysRequest;
import java.util.List;
import picocli.CommandLine.Command;

/// `reeve audit keys`: the keys that a log has signed with.
@Command(name = "keys", description = "List the keys that the log has signed with, oldest first.")
final class AuditKeysCommand extends ClientCommand {
  AuditKeysCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    List<AuditKey> keys =
        connection
            .call(() -> connection.audit().listKeys(ListKeysRequest.getDefaultInstance()))
            .getKeysList();
    if (json()) {
      keys.forEach(key -> console().say(Json.line(key)));
    } else {
      Table table = new Table("FROM SIZE", "KEY");
      keys.forEach(key -> table.row(Long.toUnsignedString(key.getFromSize()), key.getKey()));
      table.lines().forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }
}

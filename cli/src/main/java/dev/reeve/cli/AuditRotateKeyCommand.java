package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.AuditKey;
import dev.reeve.wire.reeve.v1.RotateKeyRequest;
import java.util.List;
import picocli.CommandLine.Command;

/// `reeve audit rotate-key`: a new key signs from now on.
@Command(
    name = "rotate-key",
    description = "Put a new audit key in force; the log says so.",
    footer = "The key before vouches for the new one, and its private half is deleted.")
final class AuditRotateKeyCommand extends ClientCommand {
  AuditRotateKeyCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    AuditKey key =
        connection
            .call(() -> connection.audit().rotateKey(RotateKeyRequest.getDefaultInstance()))
            .getKey();
    print(key, List.of(key.getKey()));
    return ExitCodes.OK;
  }
}

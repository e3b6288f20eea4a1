package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.PolicySnapshot;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `reeve policy history`: the policies that were in force, the newest first.
@Command(
    name = "history",
    description = "List the policies that were in force, the newest first.",
    footer = "Each is listed once. `reeve policy show SNAPSHOT` gives its text.")
final class PolicyHistoryCommand extends ClientCommand {
  @Mixin private final PastPoliciesOptions past = new PastPoliciesOptions();

  PolicyHistoryCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    List<PolicySnapshot> snapshots;
    try (PastPolicies policies = past.open(context(), connection)) {
      snapshots = policies.newestFirst();
    }
    if (json()) {
      snapshots.forEach(snapshot -> console().say(Json.line(snapshot)));
    } else {
      Table table = new Table("SINCE", "FIRST", "FILES", "BYTES", "SNAPSHOT", "SOURCE");
      snapshots.forEach(snapshot ->
          table.row(
              Words.of(snapshot.getInForceAt()),
              Words.of(snapshot.getFirstInForceAt()),
              Integer.toString(snapshot.getFileCount()),
              Long.toString(snapshot.getSizeBytes()),
              snapshot.getId(),
              snapshot.getSource()));
      table.lines().forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }
}

package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.ListRoutePolicyVersionsRequest;
import dev.reeve.wire.reeve.v1.RoutePolicy;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `reeve route policies history`: the versions of a policy, the newest first.
@Command(name = "history", description = "List the versions of a routing policy.")
final class RoutePolicyHistoryCommand extends ClientCommand {
  @Parameters(paramLabel = "POLICY", description = "Id of the policy.")
  private String policyId = "";

  RoutePolicyHistoryCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    List<RoutePolicy> versions =
        connection
            .call(() ->
                connection
                    .routing()
                    .listRoutePolicyVersions(
                        ListRoutePolicyVersionsRequest.newBuilder()
                            .setTenantId(tenant())
                            .setPolicyId(policyId)
                            .build()))
            .getVersionsList();
    if (json()) {
      versions.forEach(version -> console().say(Json.line(version)));
    } else {
      RoutePolicyTable.of(versions).forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }
}

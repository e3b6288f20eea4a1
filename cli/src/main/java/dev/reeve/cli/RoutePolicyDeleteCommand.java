package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.DeleteRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.RoutePolicy;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `reeve route policies delete`: a policy decides no more; its history stays.
@Command(
    name = "delete",
    description = "Delete a routing policy of the tenant.",
    footer = "Its history stays, and rollback brings it back.")
final class RoutePolicyDeleteCommand extends ClientCommand {
  @Parameters(paramLabel = "POLICY", description = "Id of the policy.")
  private String policyId = "";

  RoutePolicyDeleteCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    RoutePolicy policy =
        connection
            .call(() ->
                connection
                    .routing()
                    .deleteRoutePolicy(
                        DeleteRoutePolicyRequest.newBuilder()
                            .setTenantId(tenant())
                            .setPolicyId(policyId)
                            .build()))
            .getPolicy();
    print(policy, List.of(policy.getPolicyId() + " deleted by version " + policy.getVersion()));
    return ExitCodes.OK;
  }
}

package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.ListRoutePoliciesRequest;
import dev.reeve.wire.reeve.v1.RoutePolicy;
import java.util.List;
import picocli.CommandLine.Command;

/// `reeve route policies list`: the policies that hold for a tenant.
@Command(name = "list", description = "List the routing policies of a tenant.")
final class RoutePolicyListCommand extends ClientCommand {
  RoutePolicyListCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    List<RoutePolicy> policies =
        connection
            .call(() ->
                connection
                    .routing()
                    .listRoutePolicies(
                        ListRoutePoliciesRequest.newBuilder().setTenantId(tenant()).build()))
            .getPoliciesList();
    if (json()) {
      policies.forEach(policy -> console().say(Json.line(policy)));
    } else if (policies.isEmpty()) {
      console().note("no routing policies");
    } else {
      RoutePolicyTable.of(policies).forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }
}

package dev.reeve.cli;

import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.RollBackRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.RoutePolicy;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve route policies rollback`: an older version in force again, as a new one.
@Command(
    name = "rollback",
    description = "Put an older version of a routing policy in force again.")
final class RoutePolicyRollbackCommand extends ClientCommand {
  @Parameters(paramLabel = "POLICY", description = "Id of the policy.")
  private String policyId = "";

  @Option(
      names = "--to",
      paramLabel = "N",
      description = "The version (default: the one before that in force).")
  private long version;

  RoutePolicyRollbackCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    RoutePolicy policy =
        connection
            .call(() ->
                connection
                    .routing()
                    .rollBackRoutePolicy(
                        RollBackRoutePolicyRequest.newBuilder()
                            .setTenantId(tenant())
                            .setPolicyId(policyId)
                            .setVersion(version)
                            .build()))
            .getPolicy();
    print(
        policy,
        List.of(
            policy.getPolicyId() + " version " + policy.getVersion() + ", " + policy.getNote()));
    return ExitCodes.OK;
  }
}

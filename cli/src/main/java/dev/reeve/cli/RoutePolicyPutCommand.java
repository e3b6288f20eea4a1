package dev.reeve.cli;

import com.google.protobuf.ByteString;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.PutRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.RoutePolicy;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `reeve route policies put`: a new version of a policy.
@Command(
    name = "put",
    description = "Write a routing policy.",
    footer = "The policy is in force when the command ends. The same policy again changes nothing.")
final class RoutePolicyPutCommand extends ClientCommand {
  private static final int BYTES_MAX = 1024 * 1024;

  @Parameters(index = "0", paramLabel = "POLICY", description = "Id of the policy.")
  private String policyId = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The policy in JSON.")
  private String file = "";

  RoutePolicyPutCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    byte[] document = LocalFiles.read(LocalFiles.path(file), BYTES_MAX);
    RoutePolicy policy =
        connection
            .call(() ->
                connection
                    .routing()
                    .putRoutePolicy(
                        PutRoutePolicyRequest.newBuilder()
                            .setTenantId(tenant())
                            .setPolicyId(policyId)
                            .setDocument(ByteString.copyFrom(document))
                            .build()))
            .getPolicy();
    print(policy, List.of(policy.getPolicyId() + " version " + policy.getVersion()));
    return ExitCodes.OK;
  }
}

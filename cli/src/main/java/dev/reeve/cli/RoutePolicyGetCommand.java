package dev.reeve.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.reeve.v1.GetRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.RoutePolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `reeve route policies get`: a policy as it was written.
@Command(
    name = "get",
    description = "Print a routing policy.",
    footer = "Prints the policy itself; with --json its version and snapshot too.")
final class RoutePolicyGetCommand extends ClientCommand {
  @Parameters(paramLabel = "POLICY", description = "Id of the policy.")
  private String policyId = "";

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "An older version (default: the one in force).")
  private long version;

  RoutePolicyGetCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    RoutePolicy policy =
        connection
            .call(() ->
                connection
                    .routing()
                    .getRoutePolicy(
                        GetRoutePolicyRequest.newBuilder()
                            .setTenantId(tenant())
                            .setPolicyId(policyId)
                            .setVersion(version)
                            .build()))
            .getPolicy();
    String document = policy.getDocument().toStringUtf8();
    if (json()) {
      JsonObject whole =
          JsonParser.parseString(Json.line(policy.toBuilder().clearDocument())).getAsJsonObject();
      whole.add("document", document.isEmpty() ? null : JsonParser.parseString(document));
      console().say(Json.withNulls(whole));
    } else {
      console().say(document);
    }
    return ExitCodes.OK;
  }
}

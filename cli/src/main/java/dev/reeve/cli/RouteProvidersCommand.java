package dev.reeve.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.base.PlainNumbers;
import dev.reeve.cli.client.Connection;
import dev.reeve.cli.client.ExitCodes;
import dev.reeve.wire.beamline.flow.v1.Message;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import dev.reeve.wire.reeve.v1.ExplainRouteRequest;
import dev.reeve.wire.reeve.v1.ExplainRouteResponse;
import dev.reeve.wire.reeve.v1.ListRoutePoliciesRequest;
import dev.reeve.wire.reeve.v1.RouteCandidate;
import dev.reeve.wire.reeve.v1.RoutePolicy;
import picocli.CommandLine.Command;

/// `reeve route providers`: how the providers of each policy stand now.
@Command(
    name = "providers",
    description = "List the providers that routing policies choose from.",
    footer = "Asks each policy without deciding anything.")
final class RouteProvidersCommand extends ClientCommand {
  private static final String TENANT_DEFAULT = "default";

  RouteProvidersCommand(CliContext context) {
    super(context);
  }

  @Override
  int run(Connection connection) {
    Table table = new Table("POLICY", "PROVIDER", "WEIGHT", "STANDS", "BREAKER", "LATENCY", "COST");
    for (RoutePolicy policy :
        connection
            .call(() ->
                connection
                    .routing()
                    .listRoutePolicies(
                        ListRoutePoliciesRequest.newBuilder().setTenantId(tenant()).build()))
            .getPoliciesList()) {
      explained(connection, policy.getPolicyId())
          .getCandidatesList()
          .forEach(candidate -> show(policy.getPolicyId(), candidate, table));
    }
    if (!json()) {
      table.lines().forEach(console().out()::println);
    }
    return ExitCodes.OK;
  }

  private ExplainRouteResponse explained(Connection connection, String policyId) {
    Message message =
        Message.newBuilder()
            .setTenantId(tenant().isEmpty() ? TENANT_DEFAULT : tenant())
            .setMessageType("chat")
            .build();
    RouteRequest request =
        RouteRequest.newBuilder().setMessage(message).setPolicyId(policyId).setDryRun(true).build();
    return connection.call(() ->
        connection
            .routing()
            .explainRoute(ExplainRouteRequest.newBuilder().setRequest(request).build()));
  }

  private void show(String policyId, RouteCandidate candidate, Table table) {
    if (json()) {
      JsonObject line = JsonParser.parseString(Json.line(candidate)).getAsJsonObject();
      line.remove("chosen");
      line.addProperty("policy_id", policyId);
      console().say(Json.line(line));
    } else {
      table.row(
          policyId,
          candidate.getProviderId(),
          PlainNumbers.text(candidate.getWeight()),
          candidate.getVerdict(),
          candidate.getBreaker(),
          candidate.getExpectedLatencyMs() + " ms",
          PlainNumbers.text(candidate.getExpectedCost()));
    }
  }
}

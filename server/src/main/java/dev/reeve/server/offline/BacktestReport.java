package dev.reeve.server.offline;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reeve.cli.Console;
import dev.reeve.gateway.ProtoJson;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.reeve.v1.BacktestFlip;
import dev.reeve.wire.reeve.v1.BacktestPolicyResponse;
import dev.reeve.wire.reeve.v1.BacktestTenant;

/// Prints what a backtest found.
final class BacktestReport {
  private static final String DECISION = "DECISION_TYPE_";

  private BacktestReport() {}

  /// @param json one JSON object a flip, then one for the whole
  static void print(Console console, BacktestPolicyResponse result, boolean json) {
    result
        .getFlipsList()
        .forEach(flip -> console.out().println(json ? flipJson(flip) : flipText(flip)));
    if (json) {
      console.out().println(summaryJson(result));
    } else {
      result.getTenantsList().forEach(tenant -> console.out().println(tenantText(tenant)));
      console.out().println(summaryText(result));
    }
  }

  private static String flipJson(BacktestFlip flip) {
    JsonObject line = new JsonObject();
    line.addProperty("job_id", flip.getJobId());
    line.addProperty("tenant", flip.getTenant());
    line.add("before", JsonParser.parseString(ProtoJson.line(flip.getBefore())));
    line.add("after", JsonParser.parseString(ProtoJson.line(flip.getAfter())));
    return line.toString();
  }

  private static String summaryJson(BacktestPolicyResponse result) {
    JsonObject line = new JsonObject();
    line.addProperty("snapshot", result.getSnapshot());
    line.addProperty("decided", decided(result));
    line.addProperty("flipped", flipped(result));
    line.addProperty("loosened", loosened(result));
    line.addProperty("without_content", result.getWithoutContent());
    JsonArray tenants = new JsonArray();
    for (BacktestTenant tenant : result.getTenantsList()) {
      JsonObject one = new JsonObject();
      one.addProperty("tenant", tenant.getTenant());
      one.addProperty("decided", tenant.getDecided());
      one.addProperty("flipped", tenant.getFlipped());
      one.addProperty("loosened", tenant.getLoosened());
      tenants.add(one);
    }
    line.add("tenants", tenants);
    return line.toString();
  }

  private static String flipText(BacktestFlip flip) {
    return "job "
        + flip.getJobId()
        + " of "
        + flip.getTenant()
        + ": "
        + words(flip.getBefore())
        + " -> "
        + words(flip.getAfter());
  }

  private static String words(PolicyCheckResponse answer) {
    String decision = answer.getDecision().name().replace(DECISION, "");
    String rule = answer.getRuleId().isEmpty() ? "" : " by " + answer.getRuleId();
    String reason = answer.getReason().isEmpty() ? "" : " (" + answer.getReason() + ")";
    return decision + rule + reason;
  }

  private static String tenantText(BacktestTenant tenant) {
    return "tenant "
        + tenant.getTenant()
        + ": "
        + counts(tenant.getDecided(), tenant.getFlipped(), tenant.getLoosened());
  }

  private static String summaryText(BacktestPolicyResponse result) {
    String text = "all: " + counts(decided(result), flipped(result), loosened(result));
    return result.getWithoutContent() == 0
        ? text
        : text
            + "\n"
            + result.getWithoutContent()
            + " were tried without their content, which is gone";
  }

  private static String counts(long decided, long flipped, long loosened) {
    return flipped + " of " + decided + " flip, " + loosened + " would run that did not";
  }

  private static long decided(BacktestPolicyResponse result) {
    return result.getTenantsList().stream().mapToLong(BacktestTenant::getDecided).sum();
  }

  private static long flipped(BacktestPolicyResponse result) {
    return result.getTenantsList().stream().mapToLong(BacktestTenant::getFlipped).sum();
  }

  private static long loosened(BacktestPolicyResponse result) {
    return result.getTenantsList().stream().mapToLong(BacktestTenant::getLoosened).sum();
  }
}

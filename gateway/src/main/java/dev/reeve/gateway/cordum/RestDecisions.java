package dev.reeve.gateway.cordum;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.util.Timestamps;
import dev.reeve.gateway.RestApi.Answer;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.ListReceiptsResponse;
import dev.reeve.wire.reeve.v1.ReceiptLeaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What was decided, on the contract's HTTP surface: of a job, and of everything. Both are the
/// receipts of the log.
final class RestDecisions {
  static final Map<String, RestRoute> ROUTES =
      Map.of(
          "GET jobs/{id}/decisions", RestDecisions::ofJob,
          "GET audit/events", RestDecisions::events);

  /// Of the newest decisions about a job; the contract has no pages here.
  private static final int DECISIONS_DEFAULT = 100;

  private static final int PAGE_SIZE = 1000;

  private RestDecisions() {}

  /// The newest first.
  private static CompletableFuture<Answer> ofJob(RestRoute.Call call) {
    int limit = RestJson.limit(call);
    return receipts(call, "", new ArrayList<>())
        .thenApply(leaves -> {
          int shown = Math.min(leaves.size(), limit == 0 ? DECISIONS_DEFAULT : limit);
          List<JsonObject> out =
              leaves.subList(leaves.size() - shown, leaves.size()).reversed().stream()
                  .map(RestDecisions::decision)
                  .toList();
          return Answer.json(200, RestJson.array(out).toString());
        });
  }

  /// A job has few receipts: a page of them is rare, a second one hardly ever seen.
  private static CompletableFuture<List<ReceiptLeaf>> receipts(
      RestRoute.Call call, String token, List<ReceiptLeaf> before) {
    return call.calls()
        .call(
            AuditServiceGrpc.getListReceiptsMethod(),
            ListReceiptsRequest.newBuilder()
                .setJobId(call.id())
                .setPageSize(PAGE_SIZE)
                .setPageToken(token)
                .build())
        .thenCompose(page -> {
          before.addAll(page.getLeavesList());
          return page.getNextPageToken().isEmpty()
              ? CompletableFuture.completedFuture(before)
              : receipts(call, page.getNextPageToken(), before);
        });
  }

  private static JsonObject decision(ReceiptLeaf leaf) {
    JsonObject out = new JsonObject();
    out.addProperty("seq", leaf.getLeafIndex());
    out.addProperty("receipt", leaf.getLeafHash());
    if (leaf.getLeaf().isEmpty()) {
      out.addProperty("pruned", true);
      return out;
    }
    JsonObject receipt = read(leaf);
    out.addProperty("decision", text(receipt, "decision").toUpperCase(Locale.ROOT));
    out.addProperty("action", text(receipt, "action"));
    out.addProperty("reason", text(receipt, "reason"));
    out.addProperty("rule_id", text(receipt, "rule"));
    out.addProperty("policy_snapshot", text(receipt, "snapshot"));
    out.addProperty("principal_id", text(receipt, "actor"));
    out.addProperty("checked_at", receipt.get("at").getAsLong());
    return out;
  }

  private static CompletableFuture<Answer> events(RestRoute.Call call) {
    ListReceiptsRequest request =
        ListReceiptsRequest.newBuilder()
            .setJobId(call.parameter("job_id"))
            .setFirstIndex(RestJson.number(call, "first_seq"))
            .setPageSize(RestJson.limit(call))
            .setPageToken(call.parameter("cursor"))
            .build();
    return call.calls()
        .call(AuditServiceGrpc.getListReceiptsMethod(), request)
        .thenApply(RestDecisions::page);
  }

  private static Answer page(ListReceiptsResponse found) {
    return RestJson.page(
        found.getLeavesList().stream().map(RestDecisions::event).toList(),
        found.getNextPageToken());
  }

  private static JsonObject event(ReceiptLeaf leaf) {
    JsonObject out = new JsonObject();
    out.addProperty("seq", leaf.getLeafIndex());
    out.addProperty("event_hash", leaf.getLeafHash());
    if (leaf.getLeaf().isEmpty()) {
      out.addProperty("pruned", true);
      return out;
    }
    JsonObject receipt = read(leaf);
    long micros = receipt.get("at").getAsLong();
    out.addProperty("timestamp", Timestamps.toString(Timestamps.fromMicros(micros)));
    out.addProperty("event_type", text(receipt, "action"));
    out.addProperty("decision", text(receipt, "decision"));
    out.addProperty("tenant_id", text(receipt, "tenant"));
    out.addProperty("job_id", text(receipt, "job"));
    out.addProperty("identity", text(receipt, "actor"));
    out.addProperty("matched_rule", text(receipt, "rule"));
    out.addProperty("reason", text(receipt, "reason"));
    out.addProperty("policy_version", text(receipt, "snapshot"));
    return out;
  }

  private static JsonObject read(ReceiptLeaf leaf) {
    return JsonParser.parseString(leaf.getLeaf().toStringUtf8()).getAsJsonObject();
  }

  private static String text(JsonObject receipt, String name) {
    JsonElement value = receipt.get(name);
    return value == null ? "" : value.getAsString();
  }
}

package dev.reeve.gateway.cordum;

import com.google.gson.JsonObject;
import com.google.protobuf.util.Timestamps;
import dev.reeve.gateway.ProtoJson;
import dev.reeve.gateway.RestApi.Answer;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import dev.reeve.wire.reeve.v1.GetOutputStatsRequest;
import dev.reeve.wire.reeve.v1.GetPolicyRequest;
import dev.reeve.wire.reeve.v1.ListPolicySnapshotsRequest;
import dev.reeve.wire.reeve.v1.OutputCount;
import dev.reeve.wire.reeve.v1.PolicyServiceGrpc;
import dev.reeve.wire.reeve.v1.RuleKind;
import dev.reeve.wire.reeve.v1.RuleSummary;
import io.grpc.MethodDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Questions to the policy, and what it consists of, on the contract's HTTP surface.
final class RestPolicy {
  static final Map<String, RestRoute> ROUTES =
      Map.of(
          "POST policy/evaluate", call -> ask(call, SafetyKernelGrpc.getEvaluateMethod()),
          "POST policy/explain", call -> ask(call, SafetyKernelGrpc.getExplainMethod()),
          "POST policy/simulate", call -> ask(call, SafetyKernelGrpc.getSimulateMethod()),
          "GET policy/snapshots", RestPolicy::snapshots,
          "GET policy/output/stats", RestPolicy::outputStats,
          "GET policy/rules",
              call -> rules(call, Set.of(RuleKind.RULE_KIND_JOB, RuleKind.RULE_KIND_INPUT)),
          "GET policy/output/rules", call -> rules(call, Set.of(RuleKind.RULE_KIND_OUTPUT)));

  private RestPolicy() {}

  private static CompletableFuture<Answer> ask(
      RestRoute.Call call, MethodDescriptor<PolicyCheckRequest, PolicyCheckResponse> method) {
    PolicyCheckRequest question = RestQuestion.read(RestJson.object(call.request().body()));
    return call.calls()
        .call(method, question)
        .thenApply(decision -> Answer.json(200, ProtoJson.camelLine(decision)));
  }

  /// The ids as the contract has them, and as a member of ours since when each was in force.
  private static CompletableFuture<Answer> snapshots(RestRoute.Call call) {
    return call.calls()
        .call(
            PolicyServiceGrpc.getListPolicySnapshotsMethod(),
            ListPolicySnapshotsRequest.getDefaultInstance())
        .thenApply(found -> {
          JsonObject out = new JsonObject();
          out.add(
              "snapshots",
              RestJson.texts(found.getSnapshotsList().stream().map(one -> one.getId()).toList()));
          JsonObject since = new JsonObject();
          found
              .getSnapshotsList()
              .forEach(
                  one -> since.addProperty(one.getId(), Timestamps.toString(one.getInForceAt())));
          out.add("in_force_at", since);
          return RestJson.answer(out);
        });
  }

  private static CompletableFuture<Answer> rules(RestRoute.Call call, Set<RuleKind> kinds) {
    boolean disabledToo = !call.parameter("include_disabled").equals("false");
    return call.calls()
        .call(PolicyServiceGrpc.getGetPolicyMethod(), GetPolicyRequest.getDefaultInstance())
        .thenApply(found -> {
          List<JsonObject> items =
              found.getRuleSummariesList().stream()
                  .filter(rule -> kinds.contains(rule.getKind()))
                  .filter(rule -> disabledToo || rule.getEnabled())
                  .map(RestPolicy::rule)
                  .toList();
          JsonObject out = new JsonObject();
          out.add("items", RestJson.array(items));
          out.addProperty("policy_snapshot", found.getSnapshot().getId());
          return RestJson.answer(out);
        });
  }

  private static JsonObject rule(RuleSummary rule) {
    JsonObject out = new JsonObject();
    out.addProperty("id", rule.getId());
    out.addProperty("type", rule.getKind().name().substring("RULE_KIND_".length()));
    out.addProperty("tier", rule.getTier());
    out.addProperty("decision", rule.getDecision());
    out.addProperty("reason", rule.getReason());
    out.addProperty("severity", rule.getSeverity());
    out.addProperty("enabled", rule.getEnabled());
    out.addProperty("invariant", rule.getInvariant());
    return out;
  }

  private static CompletableFuture<Answer> outputStats(RestRoute.Call call) {
    return call.calls()
        .call(
            PolicyServiceGrpc.getGetOutputStatsMethod(), GetOutputStatsRequest.getDefaultInstance())
        .thenApply(found -> {
          long checked = 0;
          JsonObject decisions = new JsonObject();
          for (String decision : List.of("allow", "redact", "quarantine")) {
            long count =
                found.getCountsList().stream()
                    .filter(one -> one.getDecision().equals(decision))
                    .mapToLong(OutputCount::getCount)
                    .sum();
            decisions.addProperty(decision, count);
            checked += count;
          }
          JsonObject out = new JsonObject();
          out.addProperty("since", Timestamps.toString(found.getSince()));
          out.addProperty("checked", checked);
          out.add("decisions", decisions);
          out.add(
              "items",
              RestJson.array(found.getCountsList().stream().map(RestPolicy::count).toList()));
          return RestJson.answer(out);
        });
  }

  private static JsonObject count(OutputCount count) {
    JsonObject out = new JsonObject();
    out.addProperty("source", count.getSource());
    out.addProperty("decision", count.getDecision());
    out.addProperty("rule_id", count.getRuleId());
    out.addProperty("count", count.getCount());
    return out;
  }
}

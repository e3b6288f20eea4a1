package dev.reeve.gateway.beamline;

import dev.reeve.governance.cif.JsonText;
import dev.reeve.governance.cif.JsonValue;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.reeve.v1.Breaker;
import dev.reeve.wire.reeve.v1.ExtensionHealth;
import dev.reeve.wire.reeve.v1.GetBackpressureResponse;
import dev.reeve.wire.reeve.v1.GetPolicyComplexityResponse;
import dev.reeve.wire.reeve.v1.ListBreakersResponse;
import dev.reeve.wire.reeve.v1.ListExtensionHealthResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers about the router as JSON of the bus.
final class RouterAnswers {
  private static final long RETRY_AFTER_SECONDS = 30;
  private static final long RETRY_ATTEMPTS_MAX = 3;

  private RouterAnswers() {}

  static String backpressure(GetBackpressureResponse load) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("pending_messages", load.getPendingMessages());
    metrics.put("latency_p95_ms", load.getLatencyP95Ms());
    metrics.put("inflight_messages", load.getInflightMessages());
    Map<String, Object> thresholds = new LinkedHashMap<>();
    thresholds.put("queue_overload", (long) RouterLoad.PENDING_MAX);
    thresholds.put("latency_overload_ms", (long) RouterLoad.LATENCY_MS_MAX);
    thresholds.put("inflight_overload", (long) RouterLoad.IN_FLIGHT_MAX);
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("retry_after_seconds", RETRY_AFTER_SECONDS);
    policy.put("max_retry_attempts", RETRY_ATTEMPTS_MAX);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("subject", load.getSubject());
    data.put("status", load.getStatus());
    data.put("metrics", metrics);
    data.put("thresholds", thresholds);
    data.put("policy", policy);
    data.put("timestamp", load.getTimestampMs());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("success", true);
    answer.put("data", data);
    return RouteJson.text(answer);
  }

  static String extensions(ListExtensionHealthResponse health) {
    List<Object> all = new ArrayList<>();
    for (ExtensionHealth one : health.getExtensionsList()) {
      Map<String, Object> extension = new LinkedHashMap<>();
      extension.put("extension_id", one.getExtensionId());
      extension.put("status", one.getStatus());
      extension.put("success_rate", one.getSuccessRate());
      extension.put("calls", one.getCalls());
      extension.put("p50_ms", one.getP50Ms());
      extension.put("p95_ms", one.getP95Ms());
      extension.put("p99_ms", one.getP99Ms());
      extension.put(
          "last_called_at",
          Instant.ofEpochSecond(
                  one.getLastCalledAt().getSeconds(), one.getLastCalledAt().getNanos())
              .toString());
      all.add(extension);
    }
    return result(Map.of("extensions", all));
  }

  static String breakers(ListBreakersResponse breakers) {
    List<Object> all = new ArrayList<>();
    for (Breaker one : breakers.getBreakersList()) {
      Map<String, Object> breaker = new LinkedHashMap<>();
      breaker.put("tenant_id", one.getTenantId());
      breaker.put("provider_id", one.getProviderId());
      breaker.put("state", one.getState());
      breaker.put("failures_in_row", (long) one.getFailuresInRow());
      breaker.put("samples", (long) one.getSamples());
      breaker.put("error_rate", one.getErrorRate());
      breaker.put("remaining_ms", one.getRemainingMs());
      breaker.put("reason", one.getReason());
      all.add(breaker);
    }
    return result(Map.of("circuit_breakers", all));
  }

  static String complexity(GetPolicyComplexityResponse of) {
    Map<String, Object> complexity = new LinkedHashMap<>();
    complexity.put("total", (long) of.getTotal());
    complexity.put("pre", (long) of.getPre());
    complexity.put("validators", (long) of.getValidators());
    complexity.put("post", (long) of.getPost());
    complexity.put("score", (long) of.getScore());
    complexity.put("level", of.getLevel());
    complexity.put("estimated_latency_ms", of.getLatencyMs());
    return result(complexity);
  }

  /// The decision, what extensions said, and the payload as they left it.
  ///
  /// @param given the payload that came
  static String dryRun(RouteDecision decision, Optional<JsonValue> given) {
    String executed = decision.getMetadataOrDefault("executed_extensions", "[]");
    Object payload =
        JsonText.parse(decision.getFinalPayload().toStringUtf8())
            .or(() -> given)
            .map(RouteJson::plain)
            .orElse("");
    JsonValue list = JsonText.parse(executed).orElseGet(() -> new JsonValue.Items(List.of()));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("executed_extensions", RouteJson.plain(list));
    result.put("final_payload", payload);
    String rest = RouteJson.text(result);
    return "{\"ok\":true,\"result\":{\"decision\":"
        + RouteReply.bare(decision)
        + ","
        + rest.substring(1)
        + "}";
  }

  private static String result(Map<String, Object> result) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", true);
    answer.put("result", result);
    return RouteJson.text(answer);
  }
}

package dev.reeve.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a decision came about.
///
/// @param steps what was looked at, in order, a sentence each
/// @param candidates every provider of the policy with its verdict, ids ascending
/// @param context the context that decided, extensions' additions included
public record RouteExplanation(
    String reason,
    String providerId,
    String policyId,
    long policyVersion,
    int priority,
    List<String> steps,
    List<CandidateVerdict> candidates,
    Map<String, Object> context) {

  /// How much of it is shown, by `context.detail_level`.
  public enum Level {
    MINIMAL,
    DETAILED,
    VERBOSE;

    /// `minimal`, `detailed` or `verbose`; anything else is `detailed`.
    public static Level named(String name) {
      return switch (name) {
        case "minimal" -> MINIMAL;
        case "verbose" -> VERBOSE;
        default -> DETAILED;
      };
    }
  }

  public RouteExplanation {
    steps = List.copyOf(steps);
    candidates = List.copyOf(candidates);
  }

  /// As JSON values: minimal without steps and candidates, verbose with the whole context.
  public Map<String, Object> toJson(String tenantId, Level level) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reason", reason);
    json.put("provider_id", providerId);
    json.put("policy_id", policyId);
    json.put("policy_version", policyVersion);
    json.put("priority", (long) priority);
    if (level != Level.MINIMAL) {
      json.put("steps", steps);
      json.put("candidates", candidatesJson());
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    if (level == Level.VERBOSE) {
      shown.putAll(context);
    }
    shown.put("tenant_id", tenantId);
    json.put("context", shown);
    return json;
  }

  private List<Object> candidatesJson() {
    List<Object> all = new ArrayList<>();
    for (CandidateVerdict candidate : candidates) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("provider_id", candidate.providerId());
      one.put("verdict", candidate.verdict().words());
      one.put("weight", candidate.weight());
      one.put("expected_latency_ms", candidate.expectedLatencyMs());
      one.put("expected_cost", candidate.expectedCost());
      one.put("score", candidate.score());
      one.put("breaker", candidate.breaker().wireName());
      one.put("chosen", candidate.chosen());
      all.add(one);
    }
    return all;
  }
}

package dev.reeve.gateway.beamline;

import dev.reeve.routing.CandidateVerdict;
import dev.reeve.routing.RouteDecision;
import dev.reeve.routing.RouteExplanation;
import dev.reeve.routing.RouteOutcome;
import dev.reeve.routing.RouteRefusal;
import dev.reeve.wire.reeve.v1.ExplainRouteResponse;
import dev.reeve.wire.reeve.v1.RouteCandidate;

/// Explanations of decisions, as callers see them.
final class RouteExplanations {
  private RouteExplanations() {}

  static ExplainRouteResponse encode(RouteOutcome outcome) {
    ExplainRouteResponse.Builder wire = ExplainRouteResponse.newBuilder();
    switch (outcome) {
      case RouteDecision decision -> wire.setDecision(RouteDecisions.of(decision));
      case RouteRefusal refusal ->
          wire.setRefusalCode(refusal.code().wireName()).setRefusalMessage(refusal.message());
    }
    outcome.explanation().ifPresent(explanation -> add(wire, explanation));
    return wire.build();
  }

  /// As much as `context.detail_level` asks for.
  private static void add(ExplainRouteResponse.Builder wire, RouteExplanation explanation) {
    String named = explanation.context().get("detail_level") instanceof String level ? level : "";
    switch (RouteExplanation.Level.named(named)) {
      case MINIMAL -> {}
      case DETAILED -> details(wire, explanation);
      case VERBOSE -> {
        details(wire, explanation);
        wire.setContextJson(RouteJson.text(explanation.context()));
      }
    }
  }

  private static void details(ExplainRouteResponse.Builder wire, RouteExplanation explanation) {
    wire.addAllSteps(explanation.steps());
    for (CandidateVerdict candidate : explanation.candidates()) {
      wire.addCandidates(
          RouteCandidate.newBuilder()
              .setProviderId(candidate.providerId())
              .setVerdict(candidate.verdict().words())
              .setWeight(candidate.weight())
              .setExpectedLatencyMs(candidate.expectedLatencyMs())
              .setExpectedCost(candidate.expectedCost())
              .setScore(candidate.score())
              .setBreaker(candidate.breaker().wireName())
              .setChosen(candidate.chosen()));
    }
  }
}

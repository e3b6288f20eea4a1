package dev.reeve.routing;

import java.util.List;
import java.util.Optional;

/// What a question is answered with.
public sealed interface RouteOutcome permits RouteDecision, RouteRefusal {
  /// Extensions in the order in which they were run or skipped.
  List<ExtensionTrace> extensions();

  /// Present when the question asked for it and a policy was found.
  Optional<RouteExplanation> explanation();
}

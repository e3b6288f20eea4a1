package dev.reeve.routing;

import dev.reeve.base.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why no provider is named.
///
/// @param message safe for the caller
/// @param details JSON values by name: `extension_id`, `scope`, `policy_id`, `reason`, ...
/// @param retryAfterMs when asking again may help; 0 when that is not known
public record RouteRefusal(
    RefusalCode code,
    String message,
    Map<String, Object> details,
    long retryAfterMs,
    List<ExtensionTrace> extensions,
    Optional<RouteExplanation> explanation)
    implements RouteOutcome {
  public RouteRefusal {
    details = Map.copyOf(details);
    extensions = List.copyOf(extensions);
  }

  static RouteRefusal of(RefusalCode code, String message, Map<String, Object> details) {
    return new RouteRefusal(code, message, details, 0, List.of(), Optional.empty());
  }

  /// The same refusal as the house's problem, details as metadata.
  public Problem toProblem() {
    Problem problem = code.problem().because(message);
    for (Map.Entry<String, Object> detail : details.entrySet()) {
      problem = problem.with(detail.getKey(), RouteJson.text(detail.getValue()));
    }
    return retryAfterMs > 0 ? problem.withRetryAfter(Duration.ofMillis(retryAfterMs)) : problem;
  }
}

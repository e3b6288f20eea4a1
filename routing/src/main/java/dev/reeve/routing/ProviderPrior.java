package dev.reeve.routing;

import dev.reeve.base.Check;

/// What is known of a provider before it was ever called.
///
/// @param label for people; may be empty
/// @param latencyMs what a call is thought to take
/// @param callCost what a call is thought to cost
/// @param inputTokenCost price of one token of the prompt; 0 when calls are not priced by tokens
/// @param outputTokenCost price of one token of the answer
public record ProviderPrior(
    String label,
    double latencyMs,
    double callCost,
    double inputTokenCost,
    double outputTokenCost) {
  /// Of whom nothing is known.
  public static final ProviderPrior UNKNOWN = new ProviderPrior("", 500, 0.01, 0, 0);

  public ProviderPrior {
    Check.argument(latencyMs >= 0, "latencyMs: %s (expected: >= 0)", latencyMs);
    Check.argument(callCost >= 0, "callCost: %s (expected: >= 0)", callCost);
    Check.argument(
        inputTokenCost >= 0 && outputTokenCost >= 0, "prices of tokens (expected: >= 0)");
  }

  double cost(RouteResult result) {
    if (result.cost() > 0) {
      return result.cost();
    }
    return result.inputTokens() * inputTokenCost + result.outputTokens() * outputTokenCost;
  }
}

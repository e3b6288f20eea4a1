package dev.reeve.service.optimizer;

import dev.reeve.base.Check;
import dev.reeve.quantum.aqo.AqoDocument;
import java.time.Duration;
import java.util.Objects;

/// A circuit to be mapped to a device.
///
/// @param document the circuit; its parameters have values
/// @param device name of the device
/// @param topologyDigest of its couplings as the caller knows them; empty when not said
/// @param seed the same one gives the same candidates
/// @param budget most candidates, 1 to [#BUDGET_MAX]
/// @param timeout when no further candidate is begun or waited for
public record MappingRequest(
    AqoDocument document,
    String device,
    String topologyDigest,
    Objective objective,
    long seed,
    int budget,
    Duration timeout,
    MappingPolicy policy) {
  /// Most candidates of one request.
  public static final int BUDGET_MAX = 64;

  /// Longest that a request may compute.
  public static final Duration TIMEOUT_MAX = Duration.ofMinutes(1);

  public MappingRequest {
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(objective, "objective");
    Objects.requireNonNull(policy, "policy");
    Check.argument(budget >= 1 && budget <= BUDGET_MAX, "budget: %d (expected: 1 to 64)", budget);
    Check.argument(
        timeout.isPositive() && timeout.compareTo(TIMEOUT_MAX) <= 0,
        "timeout: %s (expected: at most %s)",
        timeout,
        TIMEOUT_MAX);
  }
}

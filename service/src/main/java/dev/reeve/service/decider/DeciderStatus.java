package dev.reeve.service.decider;

import java.util.Map;

/// How a decider stands, for health pages and metrics.
///
/// @param name its name in the configuration, such as `safety_kernel`
/// @param address where it is
/// @param state of its circuit breaker
/// @param failMode of tenants not named
/// @param lastFailure why it did not answer last; empty when it never failed since it answered
/// @param calls since start, by outcome
/// @param seconds spent in calls since start
public record DeciderStatus(
    String name,
    String address,
    CircuitBreaker.State state,
    FailMode failMode,
    String lastFailure,
    Map<Outcome, Long> calls,
    double seconds) {
  /// What came of a call.
  public enum Outcome {
    DECIDED,
    FAILED,
    /// Not made: the breaker was open.
    TURNED_AWAY,
    /// Given up, or not made, on our side.
    WITHDRAWN
  }

  public DeciderStatus {
    calls = Map.copyOf(calls);
  }

  /// Whether it answers, as far as known.
  public boolean isWell() {
    return state == CircuitBreaker.State.CLOSED;
  }

  /// One sentence for people about one that is not well.
  public String trouble() {
    String how =
        switch (state) {
          case CLOSED -> "is asked";
          case OPEN -> "is not asked";
          case HALF_OPEN -> "is tried again";
        };
    String why = lastFailure.isEmpty() ? "" : " after: " + lastFailure;
    return "decider " + name + " at " + address + " " + how + why;
  }
}

package dev.reeve.gateway;

import dev.reeve.base.Problem;
import dev.reeve.service.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Calls in progress by who makes them, so that nobody takes the room of everybody. Thread-safe.
///
/// A principal is one caller, however many keys and networks they have. Whoever shows no key is one
/// caller together with everybody else who does not, and each network of those has a tenth of it.
final class CallShares {
  private static final String STRANGERS = "strangers";
  private static final int NETWORKS_OF_STRANGERS = 10;

  private final int max;
  private final ConcurrentHashMap<String, Integer> inProgress = new ConcurrentHashMap<>();

  /// @param max calls in progress of one caller
  CallShares(int max) {
    this.max = max;
  }

  /// Counts a call in, or says why there is no room. When it is counted, [#leave] must follow.
  Optional<Problem> enter(Caller caller) {
    if (!isStranger(caller)) {
      return enter(principal(caller), max) ? Optional.empty() : Optional.of(refusal(max));
    }
    int ofNetwork = Math.max(1, max / NETWORKS_OF_STRANGERS);
    if (!enter(network(caller), ofNetwork)) {
      return Optional.of(refusal(ofNetwork));
    }
    if (!enter(STRANGERS, max)) {
      leave(network(caller));
      return Optional.of(refusal(max));
    }
    return Optional.empty();
  }

  void leave(Caller caller) {
    if (isStranger(caller)) {
      leave(STRANGERS);
      leave(network(caller));
    } else {
      leave(principal(caller));
    }
  }

  private boolean enter(String who, int most) {
    boolean[] entered = new boolean[1];
    inProgress.compute(
        who,
        (_, now) -> {
          int before = now == null ? 0 : now;
          entered[0] = before < most;
          return entered[0] ? Integer.valueOf(before + 1) : now;
        });
    return entered[0];
  }

  private void leave(String who) {
    inProgress.computeIfPresent(who, (_, now) -> now == 1 ? null : now - 1);
  }

  private static boolean isStranger(Caller caller) {
    return caller.principal().equals(Caller.ANONYMOUS);
  }

  /// Principals of two tenants may have one name.
  private static String principal(Caller caller) {
    return "of " + caller.home() + "\n" + caller.principal();
  }

  private static String network(Caller caller) {
    return "from " + AddressPrefix.of(caller.address());
  }

  private static Problem refusal(int most) {
    return GatewayProblems.CALLS_EXHAUSTED
        .because("calls in progress: " + most + " of one caller (expected: fewer)")
        .withRetryAfter(Duration.ofMillis(100));
  }
}

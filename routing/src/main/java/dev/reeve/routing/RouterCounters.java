package dev.reeve.routing;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How often each thing was decided since the start, for metrics. Thread-safe.
public final class RouterCounters {
  private final Map<RouteReason, LongAdder> decisions = new EnumMap<>(RouteReason.class);
  private final Map<RefusalCode, LongAdder> refusals = new EnumMap<>(RefusalCode.class);

  RouterCounters() {
    for (RouteReason reason : RouteReason.values()) {
      decisions.put(reason, new LongAdder());
    }
    for (RefusalCode code : RefusalCode.values()) {
      refusals.put(code, new LongAdder());
    }
  }

  void count(RouteOutcome outcome) {
    switch (outcome) {
      case RouteDecision decision -> adder(decisions, decision.reason()).increment();
      case RouteRefusal refusal -> adder(refusals, refusal.code()).increment();
    }
  }

  /// Decisions by their reason.
  public long decisions(RouteReason reason) {
    return adder(decisions, reason).sum();
  }

  /// Refusals by their code.
  public long refusals(RefusalCode code) {
    return adder(refusals, code).sum();
  }

  private static <K> LongAdder adder(Map<K, LongAdder> adders, K key) {
    LongAdder adder = adders.get(key);
    if (adder == null) {
      throw new IllegalStateException("no counter for " + key);
    }
    return adder;
  }
}

package dev.reeve.routing;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What circuit breakers did since the start, all of a router together. Safe on any thread.
public final class BreakerCounters {
  /// What a breaker takes in or does.
  public enum Event {
    /// A call went well.
    SUCCESS,
    /// A call failed in a way that counts.
    FAILURE,
    /// A call was kept from the provider that was chosen for it.
    REFUSED
  }

  private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);
  private final Map<BreakerState, Map<BreakerState, LongAdder>> moves =
      new EnumMap<>(BreakerState.class);

  BreakerCounters() {
    for (Event event : Event.values()) {
      events.put(event, new LongAdder());
    }
    for (BreakerState from : BreakerState.values()) {
      Map<BreakerState, LongAdder> to = new EnumMap<>(BreakerState.class);
      for (BreakerState state : BreakerState.values()) {
        to.put(state, new LongAdder());
      }
      moves.put(from, to);
    }
  }

  void count(Event event) {
    RouterCounters.adder(events, event).increment();
  }

  void moved(BreakerState from, BreakerState to) {
    Map<BreakerState, LongAdder> there = moves.get(from);
    if (there != null) {
      RouterCounters.adder(there, to).increment();
    }
  }

  /// How often this happened.
  public long events(Event event) {
    return RouterCounters.adder(events, event).sum();
  }

  /// How often a breaker went from one state to another.
  public long moves(BreakerState from, BreakerState to) {
    Map<BreakerState, LongAdder> there = moves.get(from);
    return there == null ? 0 : RouterCounters.adder(there, to).sum();
  }
}

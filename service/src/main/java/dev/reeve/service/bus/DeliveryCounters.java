package dev.reeve.service.bus;

import dev.reeve.service.bus.DeadLetters.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How deliveries were settled since the start, for metrics. Safe on any thread.
public final class DeliveryCounters {
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder givenBack = new LongAdder();
  private final LongAdder redelivered = new LongAdder();
  private final Map<Reason, LongAdder> buried = new EnumMap<>(Reason.class);

  /// Empty counters.
  public DeliveryCounters() {
    for (Reason reason : Reason.values()) {
      buried.put(reason, new LongAdder());
    }
  }

  void acked() {
    acknowledged.increment();
  }

  void nacked() {
    givenBack.increment();
  }

  void again() {
    redelivered.increment();
  }

  void bury(Reason reason) {
    LongAdder adder = buried.get(reason);
    if (adder != null) {
      adder.increment();
    }
  }

  /// Deliveries that were acknowledged, those in whose place a dead letter went included.
  public long acknowledged() {
    return acknowledged.sum();
  }

  /// Deliveries that were given back.
  public long givenBack() {
    return givenBack.sum();
  }

  /// Deliveries after the first of their messages.
  public long redelivered() {
    return redelivered.sum();
  }

  /// Dead letters that the broker took.
  public long buried(Reason reason) {
    LongAdder adder = buried.get(reason);
    return adder == null ? 0 : adder.sum();
  }
}

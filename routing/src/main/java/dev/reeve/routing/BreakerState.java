package dev.reeve.routing;

import java.util.Locale;

/// Whether calls pass to a provider.
public enum BreakerState {
  CLOSED(0),
  OPEN(1),
  /// A few calls are let through to see whether it works again.
  HALF_OPEN(2);

  private final int gauge;

  BreakerState(int gauge) {
    this.gauge = gauge;
  }

  /// Its value as a metric.
  public int gauge() {
    return gauge;
  }

  /// `closed`, `open`, `half_open`.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

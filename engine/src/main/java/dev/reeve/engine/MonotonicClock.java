package dev.reeve.engine;

/// Time that never jumps, for leases, heartbeats and rate buckets of this node.
@FunctionalInterface
public interface MonotonicClock {
  /// Nanoseconds since some fixed moment.
  long nanos();
}

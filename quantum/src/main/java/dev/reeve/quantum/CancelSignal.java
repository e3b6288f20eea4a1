package dev.reeve.quantum;

/// Asked at least every 10 ms of work whether to go on. Called on the thread that works, so it must
/// be cheap: a volatile read.
@FunctionalInterface
public interface CancelSignal {
  /// A signal that never fires.
  CancelSignal NEVER = () -> false;

  /// True once the caller has given up; stays true.
  boolean isCancelled();
}

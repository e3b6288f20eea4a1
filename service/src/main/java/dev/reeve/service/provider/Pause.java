package dev.reeve.service.provider;

import java.time.Duration;

/// Waits before a provider is asked again.
@FunctionalInterface
public interface Pause {
  /// Blocks for a time, or until the caller goes away.
  ///
  /// @return whether the time is over and the caller still there
  boolean waited(Duration time, CancelSignal cancel);
}

package dev.reeve.service.provider;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Waits before a provider is asked again.
@FunctionalInterface
public interface Pause {
  /// Waits for a time, or until the caller goes away. Does not block.
  ///
  /// @return whether the time is over and the caller still there; completes on any thread
  CompletableFuture<Boolean> waited(Duration time, CancelSignal cancel);
}

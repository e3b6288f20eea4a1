package dev.reeve.providers;

import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ProviderFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/// Whether and when a call is made again by the adapter itself: only where the provider cannot have
/// begun to work on it, so that nothing happens twice. Safe on any thread.
final class Retries {
  private static final long BASE_MILLIS = 200;
  private static final int DOUBLINGS_MAX = 5;

  /// A provider that wants a longer pause is given up here; a router may ask another.
  private static final Duration WAIT_MAX = Duration.ofSeconds(10);

  private final Waiting waiting;
  private final int retriesMax;

  Retries(int retriesMax, Waiting waiting) {
    this.waiting = waiting;
    this.retriesMax = retriesMax;
  }

  /// Waits for the next try, if there is to be one. Does not block.
  ///
  /// @param made tries that were made
  /// @return whether to try again, once that time has come
  CompletableFuture<Boolean> again(ProviderFailure failure, int made, CancelSignal cancel) {
    if (made > retriesMax || !failure.notBegun()) {
      return CompletableFuture.completedFuture(false);
    }
    Duration wait = failure.retryAfter().orElseGet(() -> pause(made));
    return wait.compareTo(WAIT_MAX) <= 0
        ? waiting.waited(wait, cancel)
        : CompletableFuture.completedFuture(false);
  }

  /// Doubles each time; up to half of it is chance, so that callers do not come back together.
  private static Duration pause(int made) {
    long full = BASE_MILLIS << Math.min(DOUBLINGS_MAX, made - 1);
    return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }
}

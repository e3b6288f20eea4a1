package dev.reeve.providers;

import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.Pause;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Waits on no thread. Safe on any thread.
public final class Waiting implements Pause {
  private final Supplier<Executor> within;

  /// @param within gives what runs the later steps of a call in place, within that call
  public Waiting(Supplier<Executor> within) {
    this.within = within;
  }

  @Override
  public CompletableFuture<Boolean> waited(Duration time, CancelSignal cancel) {
    CompletableFuture<Boolean> there =
        new CompletableFuture<Boolean>()
            .completeOnTimeout(true, time.toNanos(), TimeUnit.NANOSECONDS);
    Runnable forget = cancel.whenGiven(() -> there.complete(false));
    return there.whenCompleteAsync((_, _) -> forget.run(), within.get());
  }
}

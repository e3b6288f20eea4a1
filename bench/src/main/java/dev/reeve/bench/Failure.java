package dev.reeve.bench;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What went wrong in a callback, for the thread that measures. Safe on any thread.
final class Failure {
  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  void is(Throwable thrown) {
    boolean _ = first.compareAndSet(null, thrown);
  }

  /// Throws what was noted first.
  void check() {
    Throwable thrown = first.get();
    if (thrown != null) {
      throw new IllegalStateException("the run failed", thrown);
    }
  }
}

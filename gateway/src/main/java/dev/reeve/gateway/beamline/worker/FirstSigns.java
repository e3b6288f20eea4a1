package dev.reeve.gateway.beamline.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.job.DispatchId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// First signs of attempts, held back for a moment: a worker says that it takes an assignment, and
/// when it is quick its result is right behind. That an attempt has ended well says that it had
/// begun, so its first sign needs no commit of its own. Safe on any thread; does not block.
final class FirstSigns {
  private static final long PAUSE_MILLIS = 20;

  private final Executor later;

  @GuardedBy("this")
  private Map<DispatchId, Runnable> held = new LinkedHashMap<>();

  FirstSigns() {
    this(CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
  }

  /// @param later runs what it is given after a pause
  FirstSigns(Executor later) {
    this.later = later;
  }

  /// Reports the first sign of an attempt soon, unless it is taken before.
  ///
  /// @param report must not block
  void add(DispatchId dispatch, Runnable report) {
    boolean first;
    synchronized (this) {
      first = held.isEmpty();
      held.put(dispatch, report);
    }
    if (first) {
      later.execute(this::reportAll);
    }
  }

  /// @return whether it was held back; it is not reported then
  synchronized boolean take(DispatchId dispatch) {
    return held.remove(dispatch) != null;
  }

  private void reportAll() {
    Map<DispatchId, Runnable> due;
    synchronized (this) {
      due = held;
      held = new LinkedHashMap<>();
    }
    due.values().forEach(Runnable::run);
  }
}

package dev.reeve.service.provider;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;

/// Tells whoever works for a caller that the caller went away. Given once; safe on any thread.
public final class CancelSignal {
  @GuardedBy("this")
  private final List<Runnable> listeners = new ArrayList<>();

  @GuardedBy("this")
  private boolean given;

  /// Gives the signal. Listeners run on this thread; later ones at once.
  public void give() {
    List<Runnable> told;
    synchronized (this) {
      if (given) {
        return;
      }
      given = true;
      told = List.copyOf(listeners);
      listeners.clear();
    }
    told.forEach(Runnable::run);
  }

  /// Whether it was given.
  public synchronized boolean isGiven() {
    return given;
  }

  /// Has something done when it is given, at once when it was. Must not block.
  ///
  /// @return forgets it
  public Runnable whenGiven(Runnable listener) {
    boolean now;
    synchronized (this) {
      now = given;
      if (!now) {
        listeners.add(listener);
      }
    }
    if (now) {
      listener.run();
    }
    return () -> forget(listener);
  }

  private synchronized void forget(Runnable listener) {
    listeners.remove(listener);
  }
}

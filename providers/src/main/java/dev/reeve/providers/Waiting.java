package dev.reeve.providers;

import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.Pause;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits on the thread that asks. Safe on any thread.
public final class Waiting implements Pause {
  @Override
  public boolean waited(Duration time, CancelSignal cancel) {
    CountDownLatch gone = new CountDownLatch(1);
    Runnable forget = cancel.whenGiven(gone::countDown);
    try {
      return !gone.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      forget.run();
    }
  }
}

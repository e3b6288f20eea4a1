package dev.reeve.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/// Begins operations at times fixed beforehand, whether earlier ones have ended or not: a stall is
/// felt by everybody who would have come during it.
final class OpenLoop {
  private OpenLoop() {}

  /// Runs on the calling thread.
  ///
  /// @param begin must not block; gets the time, by `System.nanoTime`, at which it ought to be
  ///   called
  static void run(int perSecond, double seconds, LongConsumer begin) {
    long count = (long) (perSecond * seconds);
    long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      long due = start + i * interval;
      long wait = due - System.nanoTime();
      while (wait > 0) {
        LockSupport.parkNanos(wait);
        wait = due - System.nanoTime();
      }
      begin.accept(due);
    }
  }
}

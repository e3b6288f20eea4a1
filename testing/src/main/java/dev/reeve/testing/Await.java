package dev.reeve.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for a condition that another thread or process brings about, instead of sleeping and
/// hoping. Looks every few milliseconds; the calling thread blocks.
public final class Await {
  /// Long enough for a loaded machine; a passing test never waits this long.
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

  private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

  private Await() {}

  /// Returns as soon as the condition holds; after 20 s throws an [AssertionError] that says what
  /// was awaited.
  public static void until(String what, BooleanSupplier condition) {
    until(what, DEFAULT_TIMEOUT, condition);
  }

  /// Returns as soon as the condition holds; after the timeout throws an [AssertionError] that says
  /// what was awaited. An exception of the condition ends the wait.
  public static void until(String what, Duration timeout, BooleanSupplier condition) {
    if (!reached(timeout, condition)) {
      throw new AssertionError(what + ": not within " + timeout);
    }
  }

  /// True as soon as the condition holds, false when it did not within the limit or the caller was
  /// interrupted. For clean-up, which goes on either way.
  public static boolean reached(Duration limit, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  /// Runs the assertions again and again until they pass; after 20 s lets the last failure out.
  public static void untilAsserted(Runnable assertions) {
    untilAsserted(DEFAULT_TIMEOUT, assertions);
  }

  /// Runs the assertions again and again until they pass; after the timeout lets the last failure
  /// out.
  public static void untilAsserted(Duration timeout, Runnable assertions) {
    long start = System.nanoTime();
    while (true) {
      try {
        assertions.run();
        return;
      } catch (AssertionError failure) {
        if (System.nanoTime() - start > timeout.toNanos()) {
          throw failure;
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  /// The first value that is equal to the expected one; after 20 s throws with the last value seen.
  public static <T> T value(String what, T expected, Supplier<? extends T> actual) {
    long start = System.nanoTime();
    while (true) {
      T seen = actual.get();
      if (expected.equals(seen)) {
        return seen;
      }
      if (System.nanoTime() - start > DEFAULT_TIMEOUT.toNanos()) {
        throw new AssertionError(
            what + ": " + seen + " (expected: " + expected + " within " + DEFAULT_TIMEOUT + ")");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}

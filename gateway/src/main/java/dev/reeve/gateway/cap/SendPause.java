package dev.reeve.gateway.cap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Whether jobs may be sent: not while what they need does not answer. It is looked at again after
/// a second, then after twice as long, up to half a minute, as the contract says of retries
/// (section 6), and jobs wait in their queues meanwhile. Safe on any thread; nothing blocks.
final class SendPause {
  private static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();

  private final LongSupplier nanos;

  /// What is wrong; empty when nothing is.
  private volatile String trouble = "";

  @GuardedBy("this")
  private long waitNanos;

  @GuardedBy("this")
  private long untilNanos;

  @GuardedBy("this")
  private boolean looking;

  /// @param nanos the monotonic clock
  SendPause(LongSupplier nanos) {
    this.nanos = nanos;
  }

  boolean isOpen() {
    return trouble.isEmpty();
  }

  /// What is wrong, in one sentence for people; empty when nothing is.
  String trouble() {
    return trouble;
  }

  /// Something that jobs need did not answer. What fails while jobs wait makes them wait no longer.
  synchronized void failed(String what) {
    if (isOpen() || looking) {
      waitNanos = isOpen() ? FIRST_NANOS : Math.min(2 * waitNanos, LONGEST_NANOS);
      untilNanos = nanos.getAsLong() + waitNanos;
      looking = false;
    }
    trouble = what;
  }

  /// Whether it is time to look again; then the caller looks, and says what it found.
  synchronized boolean looks() {
    if (isOpen() || looking || nanos.getAsLong() - untilNanos < 0) {
      return false;
    }
    looking = true;
    return true;
  }

  /// It answers.
  synchronized void mended() {
    trouble = "";
    looking = false;
  }
}

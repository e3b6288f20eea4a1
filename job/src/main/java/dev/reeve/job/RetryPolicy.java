package dev.reeve.job;

import dev.reeve.base.Check;

/// How often, and after what wait, a failed attempt is made again.
///
/// @param attemptsMax attempts in all, 1 to 100; 1 means never again
/// @param baseDelayMicros wait before the second attempt; doubles each time
/// @param delayMaxMicros upper bound of the wait before jitter, at most [#DELAY_MAX_MICROS]
/// @param elapsedMaxMicros no further attempt may begin so long after the job was first ready to
///   run; 0 for no such bound, at most [#DELAY_MAX_MICROS]
public record RetryPolicy(
    int attemptsMax, long baseDelayMicros, long delayMaxMicros, long elapsedMaxMicros) {
  public static final int ATTEMPTS_MAX = 100;

  /// Longest wait that a policy or an executor may ask for: one day.
  public static final long DELAY_MAX_MICROS = 86_400_000_000L;

  /// Three attempts, 1 s doubling to 30 s: the scheduler's values of the Cordum contract, section
  /// 6.
  public static final RetryPolicy DEFAULT = new RetryPolicy(3, 1_000_000, 30_000_000);

  public static final RetryPolicy NEVER = new RetryPolicy(1, 0, 0);

  public RetryPolicy {
    Check.argument(
        attemptsMax >= 1 && attemptsMax <= ATTEMPTS_MAX,
        "retry.max_attempts: %s (expected: 1 to 100)",
        attemptsMax);
    Check.argument(
        baseDelayMicros >= 0 && baseDelayMicros <= delayMaxMicros,
        "retry.base_delay: %s us (expected: 0 to max_delay)",
        baseDelayMicros);
    Check.argument(
        delayMaxMicros <= DELAY_MAX_MICROS,
        "retry.max_delay: %s us (expected: at most one day)",
        delayMaxMicros);
    Check.argument(
        elapsedMaxMicros >= 0 && elapsedMaxMicros <= DELAY_MAX_MICROS,
        "retry.max_elapsed: %s us (expected: 0 to one day)",
        elapsedMaxMicros);
  }

  /// However long it takes.
  public RetryPolicy(int attemptsMax, long baseDelayMicros, long delayMaxMicros) {
    this(attemptsMax, baseDelayMicros, delayMaxMicros, 0);
  }

  /// Whether an attempt may begin at this time.
  ///
  /// @param readySinceMicros when the job was first ready to run
  boolean allowsAt(long micros, long readySinceMicros) {
    return elapsedMaxMicros == 0 || micros - readySinceMicros <= elapsedMaxMicros;
  }

  /// Wait before the attempt after attempt number `failedAttempt` (from 1).
  ///
  /// @param jitter a draw from 0 to 1; up to half of the wait is added, so that jobs which failed
  ///   together do not come back together
  public long delayMicros(int failedAttempt, double jitter) {
    Check.argument(jitter >= 0 && jitter <= 1, "jitter: %s (expected: 0 to 1)", jitter);
    long delay = baseDelayMicros;
    for (int i = 1; i < failedAttempt && delay > 0 && delay < delayMaxMicros; i++) {
      delay = Math.min(delay * 2, delayMaxMicros);
    }
    return delay + (long) (jitter * delay / 2);
  }
}

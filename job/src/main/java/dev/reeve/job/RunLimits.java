package dev.reeve.job;

import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Check;

/// How long a job may take and what happens when an attempt is lost.
///
/// @param deadlineAtMicros when it must have ended; 0 for never
/// @param runTimeoutMicros longest run of one attempt; 0 for none
/// @param retry attempts and waits
/// @param atMostOnce an attempt whose outcome is unknown is never made again
public record RunLimits(
    long deadlineAtMicros, long runTimeoutMicros, RetryPolicy retry, boolean atMostOnce) {
  public static final RunLimits DEFAULT = new RunLimits(0, 0, RetryPolicy.DEFAULT, false);

  public RunLimits {
    checkMicros("deadline", deadlineAtMicros);
    checkMicros("run_timeout", runTimeoutMicros);
  }

  /// What could not be stored is refused where it is made, not in the writer.
  private static void checkMicros(String name, long micros) {
    Check.argument(
        micros >= 0 && micros <= CanonicalWriter.INTEGER_MAX,
        "%s: %s us (expected: 0 to 2^53)",
        name,
        micros);
  }
}

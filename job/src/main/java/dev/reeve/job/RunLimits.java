package dev.reeve.job;

/// How long a job may take and what happens when an attempt is lost.
///
/// @param deadlineAtMicros when it must have ended; 0 for never
/// @param runTimeoutMicros longest run of one attempt; 0 for none
/// @param retry attempts and waits
/// @param atMostOnce never run twice: an attempt that gave a first sign, or whose outcome is
///   unknown, is not made again, whatever `retry` says
public record RunLimits(
    long deadlineAtMicros, long runTimeoutMicros, RetryPolicy retry, boolean atMostOnce) {
  public static final RunLimits DEFAULT = new RunLimits(0, 0, RetryPolicy.DEFAULT, false);

  public RunLimits {
    Storable.micros("deadline", deadlineAtMicros);
    Storable.micros("run_timeout", runTimeoutMicros);
  }
}

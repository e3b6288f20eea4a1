package dev.reeve.service;

import java.time.Duration;
import java.time.Instant;

/// How held jobs are approved here.
///
/// @param required persons who must approve a job when its rule does not say
/// @param expiry how long a job waits for them before it is denied; zero for as long as its own
///   deadline permits
public record ApprovalTerms(int required, Duration expiry) {
  public static final ApprovalTerms DEFAULT = new ApprovalTerms(1, Duration.ZERO);

  /// When a hold that begins now ends by itself, in microseconds; 0 for never.
  long expiresAtMicros(Instant now) {
    return expiry.isZero() ? 0 : Times.micros(now) + Times.micros(expiry);
  }
}

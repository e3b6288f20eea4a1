package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.engine.Idempotency;
import dev.reeve.job.JobSpec;
import dev.reeve.job.RunLimits;
import dev.reeve.job.Verdict;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A submit of now, made from a job of before.
final class Resubmission {
  private Resubmission() {}

  /// Who submits, and what is new of the job whatever it is.
  ///
  /// @param principal who asks for it
  /// @param jobId id of the new job; empty for one of ours
  /// @param idempotency how a repeat is recognised
  /// @param action id of the registered action, for the receipt
  record By(
      String principal, Optional<String> jobId, Optional<Idempotency> idempotency, String action) {}

  /// The deadline is as far from now as it was from the first submit.
  ///
  /// @param like the job as it is wanted now
  /// @param payload its bytes
  static SubmitRequest of(JobSpec like, Bytes payload, By by) {
    RunLimits limits = like.limits();
    return new SubmitRequest(
        by.jobId(),
        by.principal(),
        like.work(),
        like.placement(),
        length(limits.deadlineAtMicros(), like.createdAtMicros()),
        length(limits.runTimeoutMicros(), 0),
        limits.retry(),
        limits.atMostOnce(),
        like.payload().contentType(),
        payload,
        by.idempotency(),
        0,
        by.action(),
        Optional.empty());
  }

  /// The payload of a job, where all of it is kept. Blocks.
  static Optional<Bytes> kept(JobReader reader, JobView view) {
    long size = view.admission().spec().payload().sizeBytes();
    boolean dropped = view.admission().verdict().decision() == Verdict.Decision.DENY;
    Bytes payload = dropped ? Bytes.EMPTY : reader.payload(view);
    return payload.size() == size ? Optional.of(payload) : Optional.empty();
  }

  /// @param endMicros 0 for none
  private static Optional<Duration> length(long endMicros, long startMicros) {
    return endMicros == 0
        ? Optional.empty()
        : Optional.of(Duration.of(Math.max(1, endMicros - startMicros), ChronoUnit.MICROS));
  }
}

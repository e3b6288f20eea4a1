package dev.reeve.job;

import dev.reeve.base.Check;

/// What can be asked of an existing job. Decided by [JobDecider]. Texts must be Unicode and times
/// within what can be stored; anything else cannot be made into a command.
public sealed interface JobCommand {
  /// A person lets a held job go on.
  record Approve(String by, String comment) implements JobCommand {
    public Approve {
      Storable.text("by", by);
      Storable.text("comment", comment);
    }
  }

  /// A person denies a held job.
  record Reject(String by, String reason) implements JobCommand {
    public Reject {
      Storable.text("by", by);
      Storable.text("reason", reason);
    }
  }

  /// Owner or operator gives the job up.
  record Cancel(String by, String reason) implements JobCommand {
    public Cancel {
      Storable.text("by", by);
      Storable.text("reason", reason);
    }
  }

  /// A parent finished.
  ///
  /// @param parent its job id
  /// @param completed whether it completed; anything else fails this job
  record ParentFinished(String parent, boolean completed) implements JobCommand {}

  /// What policy says of the job now, after the rules changed.
  ///
  /// @param verdict its answer
  /// @param grant the limits that come with it
  /// @param retryAtMicros when it is asked again after "not now"
  /// @param approvalExpiresAtMicros when a hold that begins now ends by itself; 0 for never
  record Judge(Verdict verdict, Grant grant, long retryAtMicros, long approvalExpiresAtMicros)
      implements JobCommand {
    public Judge {
      Storable.micros("retry_at", retryAtMicros);
      Storable.micros("approval_expires_at", approvalExpiresAtMicros);
    }
  }

  /// A compiler takes the job.
  record StartCompile() implements JobCommand {}

  /// The compiler is done.
  record FinishCompile() implements JobCommand {}

  /// An executor takes the job.
  record Dispatch(long epoch, String worker) implements JobCommand {
    public Dispatch {
      Storable.text("worker", worker);
    }
  }

  /// The executor gives its first sign.
  record Start(DispatchId dispatch) implements JobCommand {}

  /// The executor tells how far it is.
  record ReportProgress(DispatchId dispatch, Progress progress) implements JobCommand {}

  /// Time for a sign of life to whoever watches.
  record Beat() implements JobCommand {}

  /// The executor is done and the result needs a review that is not finished yet.
  record SubmitResult(DispatchId dispatch, Content result) implements JobCommand {}

  /// The executor is done and the result already passed its review.
  record Complete(DispatchId dispatch, Content result) implements JobCommand {}

  /// The executor is done and its review cut something out of the result.
  ///
  /// @param made what the executor made; nobody reads it
  /// @param released what may be read
  record CompleteRedacted(DispatchId dispatch, Content made, Content released)
      implements JobCommand {}

  /// The executor is done and the result was held back at once.
  record CompleteQuarantined(DispatchId dispatch, Content held, String code, String message)
      implements JobCommand {
    public CompleteQuarantined {
      Storable.text("code", code);
      Storable.text("message", message);
    }
  }

  /// The review of a waiting result let it through, perhaps redacted.
  record Release(Content result) implements JobCommand {}

  /// The review of a waiting result held it back.
  record Quarantine(String code, String message) implements JobCommand {
    public Quarantine {
      Storable.text("code", code);
      Storable.text("message", message);
    }
  }

  /// A reviewer lets a held output be read.
  record ReleaseHeld(String by, String comment) implements JobCommand {
    public ReleaseHeld {
      Storable.text("by", by);
      Storable.text("comment", comment);
    }
  }

  /// A reviewer has a held output deleted.
  record DeleteHeld(String by, String comment) implements JobCommand {
    public DeleteHeld {
      Storable.text("by", by);
      Storable.text("comment", comment);
    }
  }

  /// How a job ends by an attempt that failed, when there is no other attempt.
  enum Ending {
    FAILED,
    /// It failed beyond repair, by the word of the executor.
    FATAL,
    /// The executor did not get done in time.
    TIMED_OUT,
    /// The executor was told to stop, by whomever.
    CANCELLED,
    /// Rules of the executor's own do not permit it.
    DENIED
  }

  /// The attempt failed.
  ///
  /// @param ending how the job ends when there is no other attempt
  /// @param code stable reason
  /// @param message safe text
  /// @param retryable whether another attempt may help
  /// @param retryAfterMicros wait that the executor asks for, cut at
  ///   [RetryPolicy#DELAY_MAX_MICROS]; 0 for the policy's own
  /// @param jitter a draw from 0 to 1
  record Fail(
      DispatchId dispatch,
      Ending ending,
      String code,
      String message,
      boolean retryable,
      long retryAfterMicros,
      double jitter)
      implements JobCommand {
    public Fail {
      Storable.text("code", code);
      Storable.text("message", message);
      Check.argument(jitter >= 0 && jitter <= 1, "jitter: %s (expected: 0 to 1)", jitter);
    }

    /// It fails when there is no other attempt.
    public Fail(
        DispatchId dispatch,
        String code,
        String message,
        boolean retryable,
        long retryAfterMicros,
        double jitter) {
      this(dispatch, Ending.FAILED, code, message, retryable, retryAfterMicros, jitter);
    }
  }

  /// The executor was lost or stopped by us; no fault of the job.
  ///
  /// @param reason `SERVER_RESTARTED`, `LEASE_EXPIRED`, `WORKER_GONE` or `DRAINED`
  record Interrupt(DispatchId dispatch, String reason) implements JobCommand {
    public Interrupt {
      Storable.text("reason", reason);
    }
  }

  /// The clock reached the job's due time.
  record Tick() implements JobCommand {}
}

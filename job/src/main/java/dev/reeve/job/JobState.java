package dev.reeve.job;

import java.util.List;
import java.util.Set;

/// Where a job stands. Each variant carries only what exists in that state.
///
/// ```
/// (submit) -> Pending | AwaitingApproval | Queued | Denied
/// Pending -> Queued: every parent completed         Pending -> Failed: a parent did not complete
/// AwaitingApproval -> Pending | Queued: approved    AwaitingApproval -> Denied: rejected or expired
/// Queued -> Compiling | Executing: an executor took it    Queued -> Throttled: re-decided
/// Pending | Throttled | Compiling | Queued -> AwaitingApproval | Denied: re-decided
/// Throttled -> Queued: admitted                     Throttled -> Failed: too many rounds
/// Compiling -> Queued: compiled
/// Executing -> Reviewing: result is there           Executing -> Queued: retry or interruption
/// Reviewing -> Completed | Quarantined: verdict
/// any unfinished -> Failed | Cancelled | TimedOut
/// ```
public sealed interface JobState {
  StateName name();

  default boolean isTerminal() {
    return name().isTerminal();
  }

  /// Waits for other jobs.
  ///
  /// @param waitingFor ids of the parents that have not completed yet; never empty
  record Pending(Set<String> waitingFor) implements JobState {
    public Pending {
      waitingFor = Set.copyOf(waitingFor);
    }

    @Override
    public StateName name() {
      return StateName.PENDING;
    }
  }

  /// Held until somebody approves or rejects it.
  ///
  /// @param sinceMicros when it was held
  /// @param expiresAtMicros when it is denied by itself; 0 for never
  /// @param waitingFor parents that it will wait for after approval
  /// @param approvedBy who approved so far, when more than one must
  record AwaitingApproval(
      long sinceMicros, long expiresAtMicros, Set<String> waitingFor, List<String> approvedBy)
      implements JobState {
    public AwaitingApproval {
      waitingFor = Set.copyOf(waitingFor);
      approvedBy = List.copyOf(approvedBy);
    }

    @Override
    public StateName name() {
      return StateName.AWAITING_APPROVAL;
    }
  }

  /// Policy said "not now" at dispatch.
  ///
  /// @param retryAtMicros when it is decided again
  /// @param rounds how often that happened, from 1
  /// @param queuedSinceMicros kept for aging, for when it is queued again
  record Throttled(long retryAtMicros, int rounds, long queuedSinceMicros) implements JobState {
    @Override
    public StateName name() {
      return StateName.THROTTLED;
    }
  }

  /// A compiler works on it before it can be queued for its device.
  ///
  /// @param sinceMicros when it began
  /// @param queuedSinceMicros kept for aging, for when it is queued again
  record Compiling(long sinceMicros, long queuedSinceMicros) implements JobState {
    @Override
    public StateName name() {
      return StateName.COMPILING;
    }
  }

  /// Ready for an executor.
  ///
  /// @param sinceMicros when it first became ready; aging counts from here, whatever came between:
  ///   retries, throttling, a compiler
  /// @param notBeforeMicros earliest dispatch; 0 for at once
  record Queued(long sinceMicros, long notBeforeMicros) implements JobState {
    @Override
    public StateName name() {
      return StateName.QUEUED;
    }
  }

  /// An executor has it.
  ///
  /// @param dispatch identity of this attempt; a report with another is fenced
  /// @param worker id of the executor
  /// @param sinceMicros when it was handed over
  /// @param queuedSinceMicros kept for aging, should it come back
  /// @param started whether the executor gave a first sign
  record Executing(
      DispatchId dispatch, String worker, long sinceMicros, long queuedSinceMicros, boolean started)
      implements JobState {
    @Override
    public StateName name() {
      return StateName.EXECUTING;
    }
  }

  /// The result is durable and nobody may read it before the verdict.
  ///
  /// @param result what was made
  /// @param sinceMicros when it arrived
  record Reviewing(Content result, long sinceMicros) implements JobState {
    @Override
    public StateName name() {
      return StateName.REVIEWING;
    }
  }

  /// Done; the result may be read.
  ///
  /// @param result what may be read, after redaction if there was any
  record Completed(Content result) implements JobState {
    @Override
    public StateName name() {
      return StateName.COMPLETED;
    }
  }

  /// Refused by policy or by a person; never ran after that.
  ///
  /// @param code stable reason
  /// @param message safe text
  record Denied(String code, String message) implements JobState {
    @Override
    public StateName name() {
      return StateName.DENIED;
    }
  }

  /// Its output was held back for good, unless a reviewer releases it.
  ///
  /// @param code stable reason
  /// @param message safe text
  /// @param held the result that was held back
  /// @param standing what a reviewer made of it since
  record Quarantined(String code, String message, Content held, HeldOutput standing)
      implements JobState {
    /// Held back just now.
    public Quarantined(String code, String message, Content held) {
      this(code, message, held, HeldOutput.HELD);
    }

    @Override
    public StateName name() {
      return StateName.QUARANTINED;
    }
  }

  /// What became of an output that was held back.
  enum HeldOutput {
    /// Nobody may read it but a reviewer.
    HELD,
    /// A reviewer let it be read.
    RELEASED,
    /// A reviewer had it deleted.
    DELETED
  }

  /// Ended without a result.
  ///
  /// @param code stable reason
  /// @param message safe text
  /// @param deadLetter whether it is listed among the dead letters: it had its attempts and failed
  /// @param fatal whether its executor says that it is beyond repair
  record Failed(String code, String message, boolean deadLetter, boolean fatal)
      implements JobState {
    /// Not beyond repair, as far as anybody said.
    public Failed(String code, String message, boolean deadLetter) {
      this(code, message, deadLetter, false);
    }

    @Override
    public StateName name() {
      return StateName.FAILED;
    }
  }

  /// Given up by its owner or an operator.
  ///
  /// @param by principal who cancelled
  /// @param reason their words; may be empty
  record Cancelled(String by, String reason) implements JobState {
    /// Why, in one stable word.
    public String code() {
      return code(by);
    }

    /// Why a job was cancelled by this one.
    public static String code(String by) {
      return by.equals(JobProblems.BY_POLICY) ? JobProblems.POLICY_REVOKED : "CANCELLED";
    }

    @Override
    public StateName name() {
      return StateName.CANCELLED;
    }
  }

  /// Ran out of time.
  ///
  /// @param code which limit: deadline or run timeout
  /// @param message safe text
  record TimedOut(String code, String message) implements JobState {
    @Override
    public StateName name() {
      return StateName.TIMED_OUT;
    }
  }
}

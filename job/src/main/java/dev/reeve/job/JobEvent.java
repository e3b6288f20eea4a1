package dev.reeve.job;

import dev.reeve.base.Check;
import java.util.List;

/// Something that happened to a job. The only cause of a change of state.
///
/// *Visible* events carry a sequence number (from 1, no gaps) and have one form in every dialect;
/// the others are internal facts. Stored by [JobEventCodec]; a stored form is never edited.
public sealed interface JobEvent {
  /// When, as stamped by the writer for the whole commit.
  long atMicros();

  /// How many sequence numbers it takes: 0 for an internal fact, 1 for a visible event, more for a
  /// run of heartbeats.
  default int visibleCount() {
    return 1;
  }

  /// It waits for these parents.
  record Waiting(long atMicros, List<String> parents) implements JobEvent {
    public Waiting {
      parents = List.copyOf(parents);
    }
  }

  /// It waits for a person.
  record Held(long atMicros, long expiresAtMicros, List<String> parents) implements JobEvent {
    public Held {
      parents = List.copyOf(parents);
    }
  }

  /// A person approved.
  record Approved(long atMicros, String by, String comment) implements JobEvent {
    @Override
    public int visibleCount() {
      return 0;
    }
  }

  /// A person approved. When more must, it stays held.
  ///
  /// @param remaining how many persons must approve after this one
  record ApprovalGiven(long atMicros, String by, String comment, int remaining)
      implements JobEvent {}

  /// Policy was asked again and said something else; the state follows from the next event.
  record Judged(long atMicros, Verdict verdict, Grant grant) implements JobEvent {
    @Override
    public int visibleCount() {
      return 0;
    }
  }

  /// One parent completed.
  record ParentCompleted(long atMicros, String parent) implements JobEvent {
    @Override
    public int visibleCount() {
      return 0;
    }
  }

  /// Policy at dispatch said "not now".
  record Throttled(long atMicros, long retryAtMicros, String reason) implements JobEvent {}

  /// A compiler took it.
  record CompileStarted(long atMicros) implements JobEvent {}

  /// It is ready for an executor.
  ///
  /// @param why `READY`, `RETRY`, `INTERRUPTED`, `COMPILED` or `ADMITTED`
  record Queued(long atMicros, long notBeforeMicros, String why) implements JobEvent {}

  /// An executor got it.
  record Dispatched(long atMicros, DispatchId dispatch, String worker) implements JobEvent {}

  /// The executor gave its first sign.
  record Started(long atMicros) implements JobEvent {}

  /// The executor told how far it is.
  record Progressed(long atMicros, Progress progress) implements JobEvent {}

  /// Nothing new, still running: `times` heartbeats, ten seconds apart, the last one at `atMicros`.
  /// Carries the progress known then, so that each event can be shown without those before it.
  record Heartbeat(long atMicros, int times, Progress progress) implements JobEvent {
    public Heartbeat {
      Check.argument(times >= 1, "heartbeat: %s times (expected: at least 1)", times);
    }

    @Override
    public int visibleCount() {
      return times;
    }
  }

  /// An attempt failed and uses up a retry.
  record AttemptFailed(long atMicros, String code, String message) implements JobEvent {
    @Override
    public int visibleCount() {
      return 0;
    }
  }

  /// We ended the attempt (restart, lost worker, drain); no retry is used up.
  record Interrupted(long atMicros, String reason) implements JobEvent {
    @Override
    public int visibleCount() {
      return 0;
    }
  }

  /// The result arrived and is being looked at.
  record ReviewStarted(long atMicros, Content result) implements JobEvent {}

  /// Done, result readable.
  record Completed(long atMicros, Content result) implements JobEvent {}

  /// Refused.
  record Denied(long atMicros, String code, String message) implements JobEvent {}

  /// Output held back.
  record Quarantined(long atMicros, String code, String message, Content held)
      implements JobEvent {}

  /// A reviewer let a held output be read. The job stays as it ended; nobody who watches it hears
  /// of this.
  record HeldOutputReleased(long atMicros, String by, String comment) implements JobEvent {
    @Override
    public int visibleCount() {
      return 0;
    }
  }

  /// A reviewer had a held output deleted. The job stays as it ended.
  record HeldOutputDeleted(long atMicros, String by, String comment) implements JobEvent {
    @Override
    public int visibleCount() {
      return 0;
    }
  }

  /// Ended without a result.
  ///
  /// @param fatal whether its executor says that it is beyond repair
  record Failed(long atMicros, String code, String message, boolean deadLetter, boolean fatal)
      implements JobEvent {
    /// Not beyond repair, as far as anybody said.
    public Failed(long atMicros, String code, String message, boolean deadLetter) {
      this(atMicros, code, message, deadLetter, false);
    }
  }

  /// Given up.
  record Cancelled(long atMicros, String by, String reason) implements JobEvent {}

  /// Out of time.
  record TimedOut(long atMicros, String code, String message) implements JobEvent {}
}

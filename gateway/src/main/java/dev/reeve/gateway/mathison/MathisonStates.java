package dev.reeve.gateway.mathison;

import dev.reeve.engine.SequencedEvent;
import dev.reeve.job.JobEvent;
import dev.reeve.job.JobState;
import dev.reeve.job.Progress;

/// The states and events of the core in the words of the Mathison contract. Total.
final class MathisonStates {
  static final String RUNNING = "running";
  static final String COMPLETED = "completed";
  static final String FAILED = "failed";

  /// Status and stage.
  record Standing(String status, String stage) {}

  private MathisonStates() {}

  static Standing of(JobState state, Progress progress) {
    return switch (state) {
      case JobState.Pending _,
          JobState.AwaitingApproval _,
          JobState.Throttled _,
          JobState.Compiling _,
          JobState.Queued _,
          JobState.Reviewing _ ->
          new Standing(RUNNING, state.name().name());
      case JobState.Executing _ -> executing(progress);
      case JobState.Completed _ -> new Standing(COMPLETED, "");
      case JobState.Denied _ -> new Standing(FAILED, "denied");
      case JobState.Quarantined _ -> new Standing(FAILED, "quarantined");
      case JobState.Failed _ -> new Standing(FAILED, "");
      case JobState.Cancelled _ -> new Standing(FAILED, "cancelled");
      case JobState.TimedOut _ -> new Standing(FAILED, "timeout");
    };
  }

  /// Of an event alone, so that it reads the same live and replayed.
  static Standing of(SequencedEvent sequenced) {
    return switch (sequenced.event()) {
      case JobEvent.Waiting _ -> new Standing(RUNNING, "PENDING");
      case JobEvent.Held _ -> new Standing(RUNNING, "AWAITING_APPROVAL");
      case JobEvent.Throttled _ -> new Standing(RUNNING, "THROTTLED");
      case JobEvent.CompileStarted _ -> new Standing(RUNNING, "COMPILING");
      case JobEvent.Queued _ -> new Standing(RUNNING, "QUEUED");
      case JobEvent.Dispatched _, JobEvent.Started _ -> new Standing(RUNNING, "EXECUTING");
      case JobEvent.Progressed e -> executing(e.progress());
      case JobEvent.Heartbeat e -> executing(e.progress());
      case JobEvent.ReviewStarted _ -> new Standing(RUNNING, "REVIEWING");
      case JobEvent.Completed _ -> new Standing(COMPLETED, "");
      case JobEvent.Denied _ -> new Standing(FAILED, "denied");
      case JobEvent.Quarantined _ -> new Standing(FAILED, "quarantined");
      case JobEvent.Failed _ -> new Standing(FAILED, "");
      case JobEvent.Cancelled _ -> new Standing(FAILED, "cancelled");
      case JobEvent.TimedOut _ -> new Standing(FAILED, "timeout");
      case JobEvent.ApprovalGiven _ -> new Standing(RUNNING, "AWAITING_APPROVAL");
      case JobEvent.Approved _,
          JobEvent.HeldOutputReleased _,
          JobEvent.HeldOutputDeleted _,
          JobEvent.Judged _,
          JobEvent.ParentCompleted _,
          JobEvent.AttemptFailed _,
          JobEvent.Interrupted _ ->
          throw new IllegalArgumentException(
              sequenced.event().getClass().getSimpleName() + " (expected: a visible event)");
    };
  }

  private static Standing executing(Progress progress) {
    return new Standing(RUNNING, progress.stage().isEmpty() ? "EXECUTING" : progress.stage());
  }
}

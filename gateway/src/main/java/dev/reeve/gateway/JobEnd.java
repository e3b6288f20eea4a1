package dev.reeve.gateway;

import dev.reeve.job.JobState;
import java.util.Optional;

/// Why a job ended without a result, as every dialect that has room for it says it.
///
/// @param code stable upper-case code
/// @param message for people
public record JobEnd(String code, String message) {
  /// Why the job ended; nothing while it runs, or when it completed.
  public static Optional<JobEnd> of(JobState state) {
    return switch (state) {
      case JobState.Denied end -> of(end.code(), end.message());
      case JobState.Quarantined end -> of(end.code(), end.message());
      case JobState.Failed end -> of(end.code(), end.message());
      case JobState.Cancelled end -> of(end.code(), end.reason());
      case JobState.TimedOut end -> of(end.code(), end.message());
      case JobState.Pending _,
          JobState.AwaitingApproval _,
          JobState.Throttled _,
          JobState.Compiling _,
          JobState.Queued _,
          JobState.Executing _,
          JobState.Reviewing _,
          JobState.Completed _ ->
          Optional.empty();
    };
  }

  private static Optional<JobEnd> of(String code, String message) {
    return Optional.of(new JobEnd(code, message));
  }
}

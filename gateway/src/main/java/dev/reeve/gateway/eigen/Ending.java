package dev.reeve.gateway.eigen;

import dev.reeve.job.JobProblems;
import dev.reeve.job.JobState;

/// How a job ended other than by completing, in the words of this API.
///
/// @param code stable reason; empty when it completed or has not ended
/// @param summary safe text; may be empty
record Ending(String code, String summary) {
  static final Ending NONE = new Ending("", "");

  private static final String QUARANTINED = "OUTPUT_QUARANTINED";

  static Ending of(JobState state) {
    return switch (state) {
      case JobState.Denied denied -> denied(denied.code(), denied.message());
      case JobState.Quarantined held -> quarantined(held.code(), held.message());
      case JobState.Failed failed -> failed(failed.code(), failed.message());
      case JobState.Cancelled cancelled -> cancelled(cancelled.by(), cancelled.reason());
      case JobState.TimedOut timedOut -> timedOut(timedOut.message());
      case JobState.Pending _,
          JobState.AwaitingApproval _,
          JobState.Throttled _,
          JobState.Compiling _,
          JobState.Queued _,
          JobState.Executing _,
          JobState.Reviewing _,
          JobState.Completed _ ->
          NONE;
    };
  }

  /// One code for every refusal by policy or person; which one it was stands in the summary.
  static Ending denied(String code, String message) {
    return new Ending(
        JobProblems.POLICY_DENIED,
        code.equals(JobProblems.POLICY_DENIED) ? message : joined(code, message));
  }

  /// One code for every output that is held; another one than our policy's stands in the summary.
  static Ending quarantined(String code, String message) {
    return new Ending(QUARANTINED, code.equals(QUARANTINED) ? message : joined(code, message));
  }

  static Ending failed(String code, String message) {
    String known =
        switch (code) {
          case "EXECUTOR_DEFECT" -> "EIGEN_EXECUTION_INTERNAL";
          case JobProblems.INTERRUPTED_TOO_OFTEN, JobProblems.OUTCOME_UNKNOWN ->
              "EIGEN_EXECUTION_ABORTED";
          case JobProblems.THROTTLED_TOO_LONG,
              "SIMULATION_MEMORY_EXCEEDED",
              "SIMULATION_LOOP_EXCEEDED",
              "SIMULATION_OUTCOMES_EXCEEDED" ->
              "EIGEN_EXECUTION_RESOURCE_EXHAUSTED";
          case "SIMULATION_PRECISION_LOST" -> "EIGEN_EXECUTION_FAILED_PRECONDITION";
          case "SIMULATION_DIVISION_BY_ZERO", "SIMULATION_SHOTS_INVALID" ->
              "EIGEN_EXECUTION_INVALID_ARGUMENT";
          default -> code;
        };
    return new Ending(known, known.equals(code) ? message : joined(code, message));
  }

  static Ending cancelled(String by, String reason) {
    return new Ending("CANCELLED", reason.isEmpty() ? "cancelled by " + by : reason);
  }

  static Ending timedOut(String message) {
    return new Ending("EIGEN_EXECUTION_DEADLINE_EXCEEDED", message);
  }

  /// Code and summary as one line, for events, which have no field for the code.
  String line() {
    return joined(code, summary);
  }

  private static String joined(String code, String message) {
    return message.isEmpty() ? code : code + ": " + message;
  }
}

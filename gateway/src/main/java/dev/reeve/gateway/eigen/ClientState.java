package dev.reeve.gateway.eigen;

import dev.reeve.job.StateName;

/// The states that Eigen clients know. The later kernel gateway has numbers of its own.
enum ClientState {
  PENDING(1),
  COMPILING(2),
  QUEUED(3),
  RUNNING(4),
  DONE(5),
  ERROR(6),
  CANCELLED(7),
  TIMEOUT(8);

  private final int number;

  ClientState(int number) {
    this.number = number;
  }

  /// What clients of a name see of a state.
  static ClientState of(StateName state, EigenProfile profile) {
    return switch (state) {
      case PENDING -> profile.showsPending() ? PENDING : COMPILING;
      case COMPILING -> COMPILING;
      case AWAITING_APPROVAL, THROTTLED, QUEUED -> QUEUED;
      case EXECUTING, REVIEWING -> RUNNING;
      case COMPLETED -> DONE;
      case DENIED, QUARANTINED, FAILED -> ERROR;
      case CANCELLED -> CANCELLED;
      case TIMED_OUT -> TIMEOUT;
    };
  }

  /// The exact state as text, for the field `stage`.
  static String stage(StateName state) {
    return switch (state) {
      case TIMED_OUT -> "TIMEOUT";
      case PENDING,
          AWAITING_APPROVAL,
          THROTTLED,
          COMPILING,
          QUEUED,
          EXECUTING,
          REVIEWING,
          COMPLETED,
          DENIED,
          QUARANTINED,
          FAILED,
          CANCELLED ->
          state.name();
    };
  }

  /// Number in `eigen_api.v1`, `eigen.api.v1` and `kernel_api.v0_1`.
  int number() {
    return number;
  }
}

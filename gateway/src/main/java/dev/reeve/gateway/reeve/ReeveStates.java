package dev.reeve.gateway.reeve;

import dev.reeve.job.StateName;
import dev.reeve.job.Verdict;
import dev.reeve.wire.reeve.v1.Dialect;
import dev.reeve.wire.reeve.v1.JobState;
import dev.reeve.wire.reeve.v1.PolicyDecision;
import java.util.Optional;

/// The words of the core in those of `reeve.v1`, and back. Every table is total.
final class ReeveStates {
  private ReeveStates() {}

  static JobState toWire(StateName state) {
    return switch (state) {
      case PENDING -> JobState.JOB_STATE_PENDING;
      case AWAITING_APPROVAL -> JobState.JOB_STATE_AWAITING_APPROVAL;
      case THROTTLED -> JobState.JOB_STATE_THROTTLED;
      case COMPILING -> JobState.JOB_STATE_COMPILING;
      case QUEUED -> JobState.JOB_STATE_QUEUED;
      case EXECUTING -> JobState.JOB_STATE_EXECUTING;
      case REVIEWING -> JobState.JOB_STATE_REVIEWING;
      case COMPLETED -> JobState.JOB_STATE_COMPLETED;
      case DENIED -> JobState.JOB_STATE_DENIED;
      case QUARANTINED -> JobState.JOB_STATE_QUARANTINED;
      case FAILED -> JobState.JOB_STATE_FAILED;
      case CANCELLED -> JobState.JOB_STATE_CANCELLED;
      case TIMED_OUT -> JobState.JOB_STATE_TIMED_OUT;
    };
  }

  /// Empty for a state that we do not have.
  static Optional<StateName> fromWire(JobState state) {
    return switch (state) {
      case JOB_STATE_PENDING -> Optional.of(StateName.PENDING);
      case JOB_STATE_AWAITING_APPROVAL -> Optional.of(StateName.AWAITING_APPROVAL);
      case JOB_STATE_THROTTLED -> Optional.of(StateName.THROTTLED);
      case JOB_STATE_COMPILING -> Optional.of(StateName.COMPILING);
      case JOB_STATE_QUEUED -> Optional.of(StateName.QUEUED);
      case JOB_STATE_EXECUTING -> Optional.of(StateName.EXECUTING);
      case JOB_STATE_REVIEWING -> Optional.of(StateName.REVIEWING);
      case JOB_STATE_COMPLETED -> Optional.of(StateName.COMPLETED);
      case JOB_STATE_DENIED -> Optional.of(StateName.DENIED);
      case JOB_STATE_QUARANTINED -> Optional.of(StateName.QUARANTINED);
      case JOB_STATE_FAILED -> Optional.of(StateName.FAILED);
      case JOB_STATE_CANCELLED -> Optional.of(StateName.CANCELLED);
      case JOB_STATE_TIMED_OUT -> Optional.of(StateName.TIMED_OUT);
      case JOB_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  static PolicyDecision toWire(Verdict.Decision decision) {
    return switch (decision) {
      case ALLOW -> PolicyDecision.POLICY_DECISION_ALLOW;
      case DENY -> PolicyDecision.POLICY_DECISION_DENY;
      case REQUIRE_APPROVAL -> PolicyDecision.POLICY_DECISION_REQUIRE_APPROVAL;
      case THROTTLE -> PolicyDecision.POLICY_DECISION_THROTTLE;
    };
  }

  /// The API by the name that is stored with its jobs.
  static Dialect toWire(String dialect) {
    return switch (dialect) {
      case "reeve" -> Dialect.DIALECT_REEVE;
      case "mathison" -> Dialect.DIALECT_MATHISON;
      case "eigen" -> Dialect.DIALECT_EIGEN;
      case "cordum" -> Dialect.DIALECT_CORDUM;
      case "grace" -> Dialect.DIALECT_GRACE;
      case "beamline" -> Dialect.DIALECT_BEAMLINE;
      default -> Dialect.DIALECT_UNSPECIFIED;
    };
  }

  /// The stored name; empty text for every API, empty for one that we do not know.
  static Optional<String> fromWire(Dialect dialect) {
    return switch (dialect) {
      case DIALECT_UNSPECIFIED -> Optional.of("");
      case DIALECT_REEVE -> Optional.of("reeve");
      case DIALECT_MATHISON -> Optional.of("mathison");
      case DIALECT_EIGEN -> Optional.of("eigen");
      case DIALECT_CORDUM -> Optional.of("cordum");
      case DIALECT_GRACE -> Optional.of("grace");
      case DIALECT_BEAMLINE -> Optional.of("beamline");
      case UNRECOGNIZED -> Optional.empty();
    };
  }
}

package dev.reeve.cli;

import com.google.protobuf.Timestamp;
import dev.reeve.wire.reeve.v1.Dialect;
import dev.reeve.wire.reeve.v1.JobState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What messages hold, as people read it.
final class Words {
  private static final String STATE_PREFIX = "JOB_STATE_";
  private static final String DIALECT_PREFIX = "DIALECT_";

  private Words() {}

  /// `EXECUTING` of `JOB_STATE_EXECUTING`.
  static String of(JobState state) {
    return state == JobState.UNRECOGNIZED
        ? "UNKNOWN"
        : state.name().substring(STATE_PREFIX.length());
  }

  /// `eigen` of `DIALECT_EIGEN`.
  static String of(Dialect dialect) {
    return dialect == Dialect.UNRECOGNIZED
        ? "unknown"
        : dialect.name().substring(DIALECT_PREFIX.length()).toLowerCase(Locale.ROOT);
  }

  /// RFC 3339 in UTC; empty for a time that is not set.
  static String of(Timestamp time) {
    return time.equals(Timestamp.getDefaultInstance())
        ? ""
        : Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
  }

  /// `40 %` of 0.4.
  static String percent(double fraction) {
    return Math.round(Math.clamp(fraction, 0, 1) * 100) + " %";
  }

  static boolean isTerminal(JobState state) {
    return switch (state) {
      case JOB_STATE_COMPLETED,
          JOB_STATE_DENIED,
          JOB_STATE_QUARANTINED,
          JOB_STATE_FAILED,
          JOB_STATE_CANCELLED,
          JOB_STATE_TIMED_OUT ->
          true;
      case JOB_STATE_UNSPECIFIED,
          JOB_STATE_PENDING,
          JOB_STATE_AWAITING_APPROVAL,
          JOB_STATE_THROTTLED,
          JOB_STATE_COMPILING,
          JOB_STATE_QUEUED,
          JOB_STATE_EXECUTING,
          JOB_STATE_REVIEWING,
          UNRECOGNIZED ->
          false;
    };
  }

  /// The names that an option may take for states.
  static List<String> stateNames() {
    return Arrays.stream(JobState.values())
        .filter(state -> state != JobState.UNRECOGNIZED && state.getNumber() != 0)
        .map(Words::of)
        .toList();
  }

  /// The names that an option may take for dialects.
  static List<String> dialectNames() {
    return Arrays.stream(Dialect.values())
        .filter(dialect -> dialect != Dialect.UNRECOGNIZED && dialect.getNumber() != 0)
        .map(Words::of)
        .toList();
  }
}

package dev.reeve.cli.client;

import dev.reeve.base.ProblemKind;
import io.grpc.Status;
import java.util.Set;

/// What a command's exit code says. Scripts rely on these four numbers.
public final class ExitCodes {
  /// Done.
  public static final int OK = 0;

  /// The caller must change something: an argument, a file, the moment.
  public static final int USER_ERROR = 2;

  /// Nobody answered, or not in time; the same call may work later.
  public static final int NETWORK = 3;

  /// The server refused or failed, or the job ended otherwise than completed.
  public static final int SERVER_OR_JOB_FAILURE = 4;

  /// Refusals to approve what is not as it was looked at. On the wire they are conflicts like that
  /// of a taken id, but there is nothing wrong with what the caller wrote.
  private static final Set<String> STALE =
      Set.of("APPROVAL_STALE_REQUEST", "APPROVAL_STALE_SNAPSHOT");

  private ExitCodes() {}

  /// The exit code for a call that ended with this status for this reason, which may be empty.
  public static int of(Status.Code code, String reason) {
    return STALE.contains(reason) ? SERVER_OR_JOB_FAILURE : of(code);
  }

  /// The exit code for a call that ended with this status.
  public static int of(Status.Code code) {
    return switch (code) {
      case OK -> OK;
      case INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNAUTHENTICATED ->
          USER_ERROR;
      case UNAVAILABLE, DEADLINE_EXCEEDED -> NETWORK;
      case PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          ABORTED,
          CANCELLED,
          UNIMPLEMENTED,
          INTERNAL,
          UNKNOWN,
          DATA_LOSS ->
          SERVER_OR_JOB_FAILURE;
    };
  }

  /// The exit code for a refusal that was made on this side.
  public static int of(ProblemKind kind) {
    return switch (kind) {
      case INVALID, NOT_FOUND, CONFLICT, PRECONDITION, OUT_OF_RANGE, UNAUTHENTICATED -> USER_ERROR;
      case UNAVAILABLE, TIMEOUT -> NETWORK;
      case DENIED, EXHAUSTED, CANCELLED, UNIMPLEMENTED, INTERNAL -> SERVER_OR_JOB_FAILURE;
    };
  }
}

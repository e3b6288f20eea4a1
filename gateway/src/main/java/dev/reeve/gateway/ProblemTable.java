package dev.reeve.gateway;

import dev.reeve.base.Problem;
import io.grpc.Status;

/// How a dialect names refusals: its own reason, its domain, and where its contract wants another
/// status than the kind's.
public interface ProblemTable {
  /// Names everything as we do.
  ProblemTable OWN =
      new ProblemTable() {
        @Override
        public String domain() {
          return "reeve.dev";
        }
      };

  /// Domain of its ErrorInfo.
  String domain();

  /// The refusal with what this dialect's clients want to be told beside it.
  default Problem told(Problem problem) {
    return problem;
  }

  /// The reason by which this dialect's clients know the problem.
  default String reason(Problem problem) {
    return problem.reason();
  }

  /// Its status; the kind's own unless the contract says otherwise.
  default Status.Code status(Problem problem) {
    return Statuses.codeOf(problem.kind());
  }

  /// The text of the status.
  default String message(Problem problem) {
    return problem.message();
  }

  /// Whether ErrorInfo carries a `retryable` member.
  default boolean saysRetryable() {
    return false;
  }

  /// What that member says: whether the same call may succeed later.
  default boolean retryable(Problem problem) {
    return problem.retryAfter().isPresent();
  }

  /// Type of the violation in PreconditionFailure and QuotaFailure.
  default String violationType(Problem problem) {
    return problem.reason();
  }
}

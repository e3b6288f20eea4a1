package dev.reeve.gateway.mathison;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;
import dev.reeve.gateway.ProblemTable;
import io.grpc.Status;

/// The refusals of the Mathison contract that the core does not name, and how its clients see all
/// of them: by the locked reason codes of section 2.1 where there is one.
public final class MathisonProblems {
  public static final ProblemCode MALFORMED_REQUEST =
      new ProblemCode(
          ProblemKind.INVALID,
          "MALFORMED_REQUEST",
          "Fields of the request are missing, or are not the JSON they should be.");

  private static final String INGRESS = "CIF_INGRESS_BLOCKED";

  static final ProblemTable TABLE =
      new ProblemTable() {
        @Override
        public String domain() {
          return "mathison";
        }

        @Override
        public String reason(Problem problem) {
          return switch (problem.reason()) {
            case "REQUEST_TOO_LARGE", "REQUEST_TOO_COMPLEX" -> INGRESS;
            case "REQUEST_MALFORMED" -> MALFORMED_REQUEST.reason();
            case "POLICY_DENIED" -> "GOVERNANCE_DENY";
            case "BACKLOG_FULL" -> "JOB_CONCURRENCY_LIMIT";
            case "CALLS_EXHAUSTED", "RATE_EXHAUSTED" -> "CIF_RATE_LIMITED";
            case "STORE_UNAVAILABLE", "STORE_FULL" -> "PERSISTENCE_FAILED";
            default -> problem.reason();
          };
        }

        @Override
        public Status.Code status(Problem problem) {
          return isIngress(problem)
              ? Status.Code.INVALID_ARGUMENT
              : ProblemTable.super.status(problem);
        }

        @Override
        public String message(Problem problem) {
          return isIngress(problem) ? INGRESS : problem.message();
        }

        private boolean isIngress(Problem problem) {
          String reason = reason(problem);
          return reason.equals(INGRESS) || reason.equals("CIF_QUARANTINED");
        }
      };

  private MathisonProblems() {}
}

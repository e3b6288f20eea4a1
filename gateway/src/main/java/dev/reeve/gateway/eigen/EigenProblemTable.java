package dev.reeve.gateway.eigen;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemKind;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.gateway.Statuses;
import io.grpc.Status;
import java.util.List;

/// How this dialect names refusals: section 2.6 of its contract. A reason that the contract does
/// not know keeps our own name.
final class EigenProblemTable implements ProblemTable {
  private static final String OWN_PREFIX = "EIGEN_PUBLIC_";
  private static final String OPTIMIZER_PREFIX = "EIGEN_OPT_";

  /// Reasons of governance are the same in every API.
  private static final List<String> GOVERNANCE =
      List.of("CIF_", "CDI_", "CONSENT_", "GENOME_", "UNCERTAIN_");

  @Override
  public String domain() {
    return "eigen.api.v1";
  }

  @Override
  public String reason(Problem problem) {
    String own = problem.reason();
    if (own.startsWith(OWN_PREFIX)
        || own.startsWith(OPTIMIZER_PREFIX)
        || GOVERNANCE.stream().anyMatch(own::startsWith)) {
      return own;
    }
    return switch (own) {
      case "JOB_NOT_FOUND" -> "EIGEN_PUBLIC_JOB_NOT_FOUND";
      case "DEVICE_UNKNOWN" -> "EIGEN_PUBLIC_BACKEND_SELECTION_NOT_FOUND";
      case "IDEMPOTENCY_CONFLICT" -> "EIGEN_PUBLIC_IDEMPOTENCY_CONFLICT";
      case "RESULT_NOT_READY" -> "EIGEN_PUBLIC_RESULTS_NOT_READY";
      case "QASM_INVALID",
          "EIGEN_LANG_INVALID",
          "AQO_INVALID",
          "AQO_PARAMETER_UNBOUND",
          "CIRCUIT_LANGUAGE_UNKNOWN",
          "CIRCUIT_SOURCE_MISSING",
          "CIRCUIT_TOO_WIDE",
          "COMPILE_OPTION_INVALID" ->
          "EIGEN_COMPILER_VALIDATION_FAILED";
      case "KNOWLEDGE_NOT_FOUND" -> "EIGEN_PUBLIC_RECORD_NOT_FOUND";
      case "OPTIMIZER_TOPOLOGY_MISSING" -> "EIGEN_OPT_TOPOLOGY_MISSING";
      case "OPTIMIZER_BACKEND_UNSUPPORTED" -> "EIGEN_OPT_UNSUPPORTED_BACKEND";
      case "BACKLOG_FULL" -> "EIGEN_SCHED_TENANT_QUOTA_MAX_QUEUED";
      case "PROJECT_BACKLOG_FULL" -> "EIGEN_SCHED_PROJECT_QUOTA_MAX_QUEUED";
      case "REQUEST_TOO_LARGE",
          "PAYLOAD_TOO_LARGE",
          "QASM_LIMIT_EXCEEDED",
          "EIGEN_LANG_LIMIT_EXCEEDED",
          "AQO_LIMIT_EXCEEDED",
          "CIRCUIT_TOO_LONG" ->
          "EIGEN_PUBLIC_PAYLOAD_LIMIT_EXCEEDED";
      default -> byKind(problem.kind(), own);
    };
  }

  private static String byKind(ProblemKind kind, String own) {
    return switch (kind) {
      case INVALID -> "EIGEN_PUBLIC_VALIDATION_FAILED";
      case UNAUTHENTICATED -> "EIGEN_PUBLIC_UNAUTHENTICATED";
      case DENIED -> "EIGEN_PUBLIC_PERMISSION_DENIED";
      case CONFLICT -> "EIGEN_PUBLIC_CONFLICT_ABORTED";
      case UNAVAILABLE -> "EIGEN_PUBLIC_UNAVAILABLE";
      case TIMEOUT -> "EIGEN_PUBLIC_DEADLINE_EXCEEDED";
      case CANCELLED -> "EIGEN_PUBLIC_CANCELLED";
      case OUT_OF_RANGE -> "EIGEN_PUBLIC_STREAM_CURSOR_OUT_OF_RANGE";
      case INTERNAL -> "EIGEN_PUBLIC_INTERNAL";
      case NOT_FOUND, PRECONDITION, EXHAUSTED, UNIMPLEMENTED -> own;
    };
  }

  @Override
  public Status.Code status(Problem problem) {
    return problem.kind() == ProblemKind.CONFLICT
        ? Status.Code.ABORTED
        : Statuses.codeOf(problem.kind());
  }

  @Override
  public boolean saysRetryable() {
    return true;
  }

  @Override
  public boolean retryable(Problem problem) {
    return problem.kind() == ProblemKind.UNAUTHENTICATED || problem.retryAfter().isPresent();
  }

  @Override
  public String violationType(Problem problem) {
    String reason = reason(problem);
    return reason.startsWith(OWN_PREFIX) ? reason.substring(OWN_PREFIX.length()) : reason;
  }
}

package dev.reeve.gateway.eigen;

import dev.reeve.base.Problem;
import dev.reeve.base.ProblemCode;
import dev.reeve.base.ProblemKind;
import dev.reeve.gateway.CallScope;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Turns what was refused inside into an error of a driver, with the facts that its contract wants
/// beside each reason (section 2.6).
///
/// @param deviceId which device was asked
/// @param correlation by which the caller finds the call in its own logs; may be empty
/// @param trace W3C trace context of the call; may be empty
record DriverErrors(String deviceId, String correlation, String trace) {
  private static final Duration UNAVAILABLE_RETRY = Duration.ofSeconds(1);
  private static final Duration TIMEOUT_RETRY = Duration.ofSeconds(2);
  private static final Duration EXHAUSTED_RETRY = Duration.ofSeconds(5);

  static DriverErrors of(CallScope scope, String deviceId) {
    String correlation = scope.header("x-correlation-id");
    return new DriverErrors(
        deviceId,
        correlation.isEmpty() ? scope.header("x-request-id") : correlation,
        scope.header("traceparent"));
  }

  /// Whether a refusal is in the words of a driver.
  static boolean isTold(Problem problem) {
    return problem.metadata().containsKey("taxonomy");
  }

  /// The same refusal in the words of a driver; `cause` says what it was called inside.
  Problem of(Problem cause) {
    ProblemCode code = code(cause);
    Map<String, String> facts = new TreeMap<>(cause.metadata());
    facts.put("cause", cause.reason());
    facts.put("correlation_id", correlation);
    facts.put("device_id", deviceId);
    facts.putIfAbsent("job_id", "");
    facts.put("job_timeline", timeline(facts.getOrDefault("job_id", "")));
    facts.put("precondition", cause.kind() == ProblemKind.PRECONDITION ? cause.reason() : "");
    facts.put("provider", provider());
    facts.put("remediation", remediation(code.kind()));
    facts.put("taxonomy", taxonomy(code, cause));
    facts.put("trace", trace);
    Problem problem = code.because(cause.message());
    for (Problem.FieldViolation field : cause.fields()) {
      problem = problem.withField(field.field(), field.description());
    }
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      problem = problem.with(fact.getKey(), fact.getValue());
    }
    Duration wait = retry(code.kind());
    return wait.isZero() ? problem : problem.withRetryAfter(wait);
  }

  /// How a run ended other than by completing, as a refusal.
  Problem of(String jobId, Ending ending) {
    ProblemCode code =
        switch (ending.code()) {
          case "VALIDATION_FAILED", "EIGEN_EXECUTION_INVALID_ARGUMENT" ->
              DriverProblems.EIGEN_BACKEND_INVALID_ARGUMENT;
          case "POLICY_DENIED", "OUTPUT_QUARANTINED", "EIGEN_EXECUTION_PERMISSION_DENIED" ->
              DriverProblems.EIGEN_BACKEND_AUTHZ;
          case "CANCELLED" -> DriverProblems.EIGEN_BACKEND_CANCELLED;
          case "EIGEN_EXECUTION_UNAUTHENTICATED" -> DriverProblems.EIGEN_BACKEND_AUTH;
          case "EIGEN_EXECUTION_DEADLINE_EXCEEDED" -> DriverProblems.EIGEN_BACKEND_TIMEOUT;
          case "EIGEN_EXECUTION_UNAVAILABLE" -> DriverProblems.EIGEN_BACKEND_UNAVAILABLE;
          case "EIGEN_EXECUTION_RESOURCE_EXHAUSTED" -> DriverProblems.EIGEN_BACKEND_CAPACITY;
          case "EIGEN_EXECUTION_FAILED_PRECONDITION" -> DriverProblems.EIGEN_BACKEND_PRECONDITION;
          case "EIGEN_EXECUTION_UNIMPLEMENTED" -> DriverProblems.EIGEN_BACKEND_PROVIDER;
          default ->
              isOfCircuit(ending.code())
                  ? DriverProblems.EIGEN_BACKEND_INVALID_ARGUMENT
                  : DriverProblems.EIGEN_BACKEND_INTERNAL;
        };
    return of(code.because(ending.line()).with("job_id", jobId));
  }

  private static boolean isOfCircuit(String code) {
    return code.startsWith("CIRCUIT_")
        || code.startsWith("SIMULATION_")
        || code.startsWith("NOISE_")
        || code.startsWith("AQO_");
  }

  private static ProblemCode code(Problem cause) {
    return switch (cause.kind()) {
      case INVALID, OUT_OF_RANGE -> DriverProblems.EIGEN_BACKEND_INVALID_ARGUMENT;
      case UNAUTHENTICATED -> DriverProblems.EIGEN_BACKEND_AUTH;
      case DENIED -> DriverProblems.EIGEN_BACKEND_AUTHZ;
      case NOT_FOUND -> DriverProblems.EIGEN_BACKEND_DEVICE_UNKNOWN;
      case CONFLICT, PRECONDITION -> DriverProblems.EIGEN_BACKEND_PRECONDITION;
      case EXHAUSTED ->
          isQuota(cause.reason())
              ? DriverProblems.EIGEN_BACKEND_QUOTA
              : DriverProblems.EIGEN_BACKEND_CAPACITY;
      case UNAVAILABLE -> DriverProblems.EIGEN_BACKEND_UNAVAILABLE;
      case TIMEOUT -> DriverProblems.EIGEN_BACKEND_TIMEOUT;
      case CANCELLED -> DriverProblems.EIGEN_BACKEND_CANCELLED;
      case UNIMPLEMENTED -> DriverProblems.EIGEN_BACKEND_PROVIDER;
      case INTERNAL -> DriverProblems.EIGEN_BACKEND_INTERNAL;
    };
  }

  private static boolean isQuota(String reason) {
    return reason.contains("BACKLOG") || reason.contains("RATE") || reason.contains("QUOTA");
  }

  private static Duration retry(ProblemKind kind) {
    return switch (kind) {
      case UNAVAILABLE -> UNAVAILABLE_RETRY;
      case EXHAUSTED -> EXHAUSTED_RETRY;
      case TIMEOUT -> TIMEOUT_RETRY;
      case INVALID,
          UNAUTHENTICATED,
          DENIED,
          NOT_FOUND,
          CONFLICT,
          PRECONDITION,
          CANCELLED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          INTERNAL ->
          Duration.ZERO;
    };
  }

  private static String taxonomy(ProblemCode code, Problem cause) {
    return switch (code.kind()) {
      case UNAUTHENTICATED, DENIED -> "auth";
      case EXHAUSTED -> isQuota(cause.reason()) ? "quota" : "capacity";
      case UNAVAILABLE -> "network";
      case UNIMPLEMENTED, NOT_FOUND -> "provider";
      case INTERNAL, CONFLICT -> "internal";
      case INVALID, PRECONDITION, TIMEOUT, CANCELLED, OUT_OF_RANGE -> "runtime";
    };
  }

  private static String remediation(ProblemKind kind) {
    return switch (kind) {
      case INVALID, OUT_OF_RANGE -> "correct the circuit or the option that is named";
      case UNAUTHENTICATED -> "give the driver valid credentials";
      case DENIED -> "ask whoever writes the policy";
      case NOT_FOUND -> "list the devices and name one of them";
      case CONFLICT, PRECONDITION -> "look at the state of the device, then call again";
      case EXHAUSTED -> "use less, or call again later";
      case UNAVAILABLE -> "call again; see the health of the device";
      case TIMEOUT -> "allow more time, or run a smaller circuit";
      case CANCELLED -> "call again if it was not meant";
      case UNIMPLEMENTED -> "choose a device that offers it";
      case INTERNAL -> "see the log of the server or the driver";
    };
  }

  private static String timeline(String jobId) {
    return jobId.isEmpty() ? "" : "qfs://jobs/" + jobId + "/timeline.jsonl";
  }

  private String provider() {
    int colon = deviceId.indexOf(':');
    return colon < 0 ? deviceId : deviceId.substring(0, colon);
  }
}

package dev.reeve.cli.client;

import dev.reeve.base.Problem;
import dev.reeve.base.Problem.FieldViolation;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Why a command did not do what it was asked, in the words that are printed.
///
/// @param message one sentence
/// @param status gRPC status name, or the kind of a refusal made on this side
/// @param reason stable UPPER_SNAKE reason; empty when the server named none
/// @param domain who named the reason; empty for this side
/// @param fields the fields at fault
/// @param facts further facts by name, such as `rule_id`
/// @param retryAfter when trying again may help; empty when nobody said so
/// @param hint what to do next; may be empty
/// @param exitCode see [ExitCodes]
public record Failure(
    String message,
    String status,
    String reason,
    String domain,
    List<FieldViolation> fields,
    Map<String, String> facts,
    Optional<Duration> retryAfter,
    String hint,
    int exitCode) {
  public Failure {
    fields = List.copyOf(fields);
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /// A refusal of this side.
  public static Failure of(Problem problem) {
    return new Failure(
        problem.message(),
        problem.kind().name(),
        problem.reason(),
        "",
        problem.fields(),
        problem.metadata(),
        problem.retryAfter(),
        "",
        ExitCodes.of(problem.kind()));
  }

  /// A job that ended otherwise than completed.
  public static Failure ofJob(String jobId, String state, String code, String message) {
    return new Failure(
        "job " + jobId + " ended " + state + (message.isEmpty() ? "" : ": " + message),
        state,
        code,
        "",
        List.of(),
        Map.of("job_id", jobId),
        Optional.empty(),
        "",
        ExitCodes.SERVER_OR_JOB_FAILURE);
  }

  /// The same failure with something to try next.
  public Failure withHint(String text) {
    return new Failure(message, status, reason, domain, fields, facts, retryAfter, text, exitCode);
  }

  /// Carries the failure to the one place that prints it.
  public FailureException toException() {
    return new FailureException(this);
  }
}

package dev.reeve.base;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A named refusal: what the caller is told, and what only the log is told.
///
/// One class of the gateway turns it into a gRPC status with `google.rpc` details, one into
/// `application/problem+json`. Immutable.
///
/// @param code stable reason
/// @param message safe text for the caller; never contains payloads or secrets
/// @param detail private text for the log; empty when there is nothing to add
/// @param fields the request fields at fault, in the order found
/// @param metadata further facts by name, such as `job_id` or `rule_id`
/// @param retryAfter when trying again may help; empty when it never will
public record Problem(
    ProblemCode code,
    String message,
    String detail,
    List<FieldViolation> fields,
    Map<String, String> metadata,
    Optional<Duration> retryAfter) {

  /// One field of the request that was refused.
  ///
  /// @param field path of the field as the caller wrote it, dotted
  /// @param description what was expected
  public record FieldViolation(String field, String description) {
    public FieldViolation {
      Objects.requireNonNull(field, "field");
      Objects.requireNonNull(description, "description");
    }
  }

  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(retryAfter, "retryAfter");
    fields = List.copyOf(fields);
    metadata = Map.copyOf(metadata);
  }

  static Problem of(ProblemCode code, String message) {
    return new Problem(code, message, "", List.of(), Map.of(), Optional.empty());
  }

  public ProblemKind kind() {
    return code.kind();
  }

  public String reason() {
    return code.reason();
  }

  public Problem withDetail(String text) {
    return new Problem(code, message, text, fields, metadata, retryAfter);
  }

  public Problem withField(String field, String description) {
    List<FieldViolation> more = new ArrayList<>(fields);
    more.add(new FieldViolation(field, description));
    return new Problem(code, message, detail, more, metadata, retryAfter);
  }

  public Problem with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(name, value);
    return new Problem(code, message, detail, fields, more, retryAfter);
  }

  public Problem withRetryAfter(Duration wait) {
    return new Problem(code, message, detail, fields, metadata, Optional.of(wait));
  }

  /// The same refusal as an exception, for decoders that read straight down.
  public ProblemException toException() {
    return new ProblemException(this);
  }
}

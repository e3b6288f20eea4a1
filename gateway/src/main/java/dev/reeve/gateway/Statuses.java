package dev.reeve.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import dev.reeve.base.Problem;
import dev.reeve.base.ProblemKind;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.TreeMap;

/// The one place that turns a [Problem] into a gRPC status with `google.rpc` details: ErrorInfo
/// first, then BadRequest, RetryInfo, ResourceInfo, PreconditionFailure, QuotaFailure as they
/// apply.
public final class Statuses {
  private Statuses() {}

  /// The status of each kind.
  public static Status.Code codeOf(ProblemKind kind) {
    return switch (kind) {
      case INVALID -> Status.Code.INVALID_ARGUMENT;
      case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
      case DENIED -> Status.Code.PERMISSION_DENIED;
      case NOT_FOUND -> Status.Code.NOT_FOUND;
      case CONFLICT -> Status.Code.ALREADY_EXISTS;
      case PRECONDITION -> Status.Code.FAILED_PRECONDITION;
      case EXHAUSTED -> Status.Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE -> Status.Code.UNAVAILABLE;
      case TIMEOUT -> Status.Code.DEADLINE_EXCEEDED;
      case CANCELLED -> Status.Code.CANCELLED;
      case OUT_OF_RANGE -> Status.Code.OUT_OF_RANGE;
      case UNIMPLEMENTED -> Status.Code.UNIMPLEMENTED;
      case INTERNAL -> Status.Code.INTERNAL;
    };
  }

  /// The status as `google.rpc.Status`.
  public static com.google.rpc.Status proto(Problem refusal, ProblemTable table) {
    Problem problem = table.told(refusal);
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder()
            .setCode(table.status(problem).value())
            .setMessage(message(problem, table));
    add(status, errorInfo(problem, table));
    if (!problem.fields().isEmpty()) {
      add(status, ErrorWords.fields(problem.fields()));
    }
    problem.retryAfter().ifPresent(wait -> add(status, retryInfo(wait)));
    switch (problem.kind()) {
      case NOT_FOUND -> add(status, resourceInfo(problem));
      case PRECONDITION -> add(status, preconditionFailure(problem, table));
      case EXHAUSTED -> add(status, quotaFailure(problem));
      case INVALID,
          UNAUTHENTICATED,
          DENIED,
          CONFLICT,
          UNAVAILABLE,
          TIMEOUT,
          CANCELLED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          INTERNAL -> {}
    }
    return status.build();
  }

  /// The status as an exception for `StreamObserver.onError`.
  public static StatusException exception(Problem problem, ProblemTable table) {
    return StatusProto.toStatusException(proto(problem, table));
  }

  /// The trailers for `ServerCall.close`, next to [#status].
  public static Metadata trailers(Problem problem, ProblemTable table) {
    Metadata trailers = exception(problem, table).getTrailers();
    return trailers == null ? new Metadata() : trailers;
  }

  /// The status of a problem, in the words of a dialect.
  public static Status status(Problem refusal, ProblemTable table) {
    Problem problem = table.told(refusal);
    return Status.fromCode(table.status(problem)).withDescription(message(problem, table));
  }

  private static void add(com.google.rpc.Status.Builder status, Message detail) {
    status.addDetails(Any.pack(detail));
  }

  private static ErrorInfo errorInfo(Problem problem, ProblemTable table) {
    ErrorInfo.Builder info =
        ErrorInfo.newBuilder().setReason(table.reason(problem)).setDomain(table.domain());
    TreeMap<String, String> metadata = new TreeMap<>(problem.metadata());
    metadata.replaceAll((_, fact) -> ErrorWords.bounded(fact, ErrorWords.FACT_BYTES_MAX));
    if (table.saysRetryable()) {
      metadata.put("retryable", String.valueOf(table.retryable(problem)));
    }
    return info.putAllMetadata(metadata).build();
  }

  private static String message(Problem problem, ProblemTable table) {
    return ErrorWords.bounded(table.message(problem), ErrorWords.MESSAGE_BYTES_MAX);
  }

  private static RetryInfo retryInfo(java.time.Duration wait) {
    return RetryInfo.newBuilder()
        .setRetryDelay(
            Duration.newBuilder().setSeconds(wait.toSeconds()).setNanos(wait.toNanosPart()))
        .build();
  }

  private static ResourceInfo resourceInfo(Problem problem) {
    Map<String, String> facts = problem.metadata();
    String type =
        !facts.getOrDefault("job_id", "").isEmpty()
            ? "job"
            : facts.containsKey("device_id") ? "device" : "resource";
    return ResourceInfo.newBuilder()
        .setResourceType(type)
        .setResourceName(facts.getOrDefault(type + "_id", ""))
        .setDescription(ErrorWords.bounded(problem.message(), ErrorWords.FACT_BYTES_MAX))
        .build();
  }

  private static PreconditionFailure preconditionFailure(Problem problem, ProblemTable table) {
    return PreconditionFailure.newBuilder()
        .addViolations(
            PreconditionFailure.Violation.newBuilder()
                .setType(table.violationType(problem))
                .setSubject(problem.metadata().getOrDefault("job_id", ""))
                .setDescription(ErrorWords.bounded(problem.message(), ErrorWords.FACT_BYTES_MAX)))
        .build();
  }

  private static QuotaFailure quotaFailure(Problem problem) {
    return QuotaFailure.newBuilder()
        .addViolations(
            QuotaFailure.Violation.newBuilder()
                .setSubject(problem.metadata().getOrDefault("tenant", ""))
                .setDescription(ErrorWords.bounded(problem.message(), ErrorWords.FACT_BYTES_MAX)))
        .build();
  }
}

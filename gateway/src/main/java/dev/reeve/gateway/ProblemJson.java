package dev.reeve.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/// The one place that turns a gRPC status with details into `application/problem+json` (RFC 9457):
/// `status`, `title`, `detail`, and as members of ours `code`, `reason`, `domain`, `metadata`,
/// `errors` by field, `retry_after`.
public final class ProblemJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int CLIENT_CLOSED_REQUEST = 499;

  private ProblemJson() {}

  /// HTTP status of a gRPC code.
  public static int httpStatus(Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> CLIENT_CLOSED_REQUEST;
      case INTERNAL, UNKNOWN, DATA_LOSS -> 500;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }

  /// The status that a call was closed with, its details from the trailers.
  public static Status status(io.grpc.Status status, Metadata trailers) {
    Status detailed = StatusProto.fromStatusAndTrailers(status, trailers);
    return detailed == null
        ? Status.newBuilder().setCode(status.getCode().value()).build()
        : detailed;
  }

  /// The gRPC code of a status.
  public static Code code(Status status) {
    return io.grpc.Status.fromCodeValue(status.getCode()).getCode();
  }

  /// Whole seconds until another try may help, rounded up; 0 when none was named.
  public static long retryAfterSeconds(Status status) {
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(RetryInfo.class)) {
          Duration wait = detail.unpack(RetryInfo.class).getRetryDelay();
          return wait.getSeconds() + (wait.getNanos() > 0 ? 1 : 0);
        }
      }
      return 0;
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String write(int httpStatus, Status status) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(json, httpStatus, status);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  /// `{"error": PROBLEM}`, the last line of a stream that failed.
  static String writeErrorLine(Status status) {
    return "{\"error\":" + write(httpStatus(code(status)), status) + "}";
  }

  private static void write(JsonGenerator json, int httpStatus, Status status) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "about:blank");
    json.writeStringField("title", title(code(status)));
    json.writeNumberField("status", httpStatus);
    json.writeStringField("detail", status.getMessage());
    json.writeStringField("code", code(status).name());
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        writeInfo(json, detail.unpack(ErrorInfo.class));
      } else if (detail.is(BadRequest.class)) {
        writeFields(json, detail.unpack(BadRequest.class));
      } else if (detail.is(RetryInfo.class)) {
        writeRetry(json, detail.unpack(RetryInfo.class).getRetryDelay());
      }
    }
    json.writeEndObject();
  }

  private static void writeInfo(JsonGenerator json, ErrorInfo info) throws IOException {
    json.writeStringField("reason", info.getReason());
    json.writeStringField("domain", info.getDomain());
    if (info.getMetadataCount() > 0) {
      json.writeObjectFieldStart("metadata");
      for (Map.Entry<String, String> entry : new TreeMap<>(info.getMetadataMap()).entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
    }
  }

  private static void writeFields(JsonGenerator json, BadRequest bad) throws IOException {
    json.writeArrayFieldStart("errors");
    for (BadRequest.FieldViolation violation : bad.getFieldViolationsList()) {
      json.writeStartObject();
      json.writeStringField("field", violation.getField());
      json.writeStringField("description", violation.getDescription());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeRetry(JsonGenerator json, Duration wait) throws IOException {
    json.writeStringField("retry_after", com.google.protobuf.util.Durations.toString(wait));
  }

  private static String title(Code code) {
    return switch (code) {
      case OK -> "OK";
      case CANCELLED -> "Cancelled";
      case UNKNOWN -> "Unknown error";
      case INVALID_ARGUMENT -> "Invalid request";
      case DEADLINE_EXCEEDED -> "Deadline exceeded";
      case NOT_FOUND -> "Not found";
      case ALREADY_EXISTS -> "Conflict";
      case PERMISSION_DENIED -> "Denied";
      case RESOURCE_EXHAUSTED -> "Exhausted";
      case FAILED_PRECONDITION -> "Precondition failed";
      case ABORTED -> "Aborted";
      case OUT_OF_RANGE -> "Out of range";
      case UNIMPLEMENTED -> "Not implemented";
      case INTERNAL -> "Internal error";
      case UNAVAILABLE -> "Unavailable";
      case DATA_LOSS -> "Data lost";
      case UNAUTHENTICATED -> "Not identified";
    };
  }
}

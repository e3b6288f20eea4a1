package dev.reeve.gateway.openai;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.util.Exceptions;
import dev.reeve.base.Problem;
import dev.reeve.gateway.ProblemJson;
import dev.reeve.gateway.ProblemTable;
import dev.reeve.gateway.Statuses;
import dev.reeve.governance.cif.JsonText;
import io.grpc.Metadata;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Refusals in the shape of the OpenAI API: `{"error": {"message", "type", "param", "code"}}`. The
/// code is our reason, or that of the API where clients look for one.
final class OpenAiErrors {
  static final String MODEL_NOT_FOUND = "model_not_found";

  private static final int BAD_GATEWAY = 502;

  private OpenAiErrors() {}

  /// The answer of a call that was closed with a problem.
  static HttpResponse answer(io.grpc.Status closed, Metadata trailers) {
    com.google.rpc.Status status = ProblemJson.status(closed, trailers);
    ErrorInfo info = info(status);
    int httpStatus = httpStatus(status, info);
    ResponseHeadersBuilder headers = headers(httpStatus);
    long wait = ProblemJson.retryAfterSeconds(status);
    if (wait > 0) {
      headers.set(HttpHeaderNames.RETRY_AFTER, Long.toString(wait));
    }
    String theirs = info.getMetadataOrDefault("provider_error", "");
    return HttpResponse.of(
        headers.build(),
        HttpData.ofUtf8(theirs.isEmpty() ? body(httpStatus, status, info) : theirs));
  }

  /// The answer of a request that was refused before there was a call.
  static HttpResponse answer(Problem problem) {
    return answer(
        Statuses.status(problem, ProblemTable.OWN), Statuses.trailers(problem, ProblemTable.OWN));
  }

  /// The document of a call that was closed with a problem.
  static String body(io.grpc.Status closed, Metadata trailers) {
    com.google.rpc.Status status = ProblemJson.status(closed, trailers);
    ErrorInfo info = info(status);
    return body(httpStatus(status, info), status, info);
  }

  /// Why a call was closed: our reason, or that of the API, and words for the caller.
  static Why why(io.grpc.Status closed, Metadata trailers) {
    com.google.rpc.Status status = ProblemJson.status(closed, trailers);
    return new Why(code(info(status)), status.getMessage());
  }

  /// Why a call failed.
  record Why(String code, String message) {}

  /// A refusal of the HTTP side itself.
  static HttpResponse answer(int httpStatus, String param, String message, String code) {
    return HttpResponse.of(
        headers(httpStatus).build(), HttpData.ofUtf8(body(httpStatus, message, param, code)));
  }

  /// A request that could not be read to its end.
  static HttpResponse unread(Throwable failure) {
    Throwable cause = Exceptions.peel(failure);
    return cause instanceof ContentTooLargeException
        ? answer(413, "body", "the body is too large", "request_too_large")
        : answer(400, "body", "the body broke off", "invalid_body");
  }

  private static ResponseHeadersBuilder headers(int httpStatus) {
    return ResponseHeaders.builder(HttpStatus.valueOf(httpStatus))
        .contentType(MediaType.JSON)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
  }

  /// What a provider refused is refused with its own status; what it failed at is a bad gateway.
  private static int httpStatus(com.google.rpc.Status status, ErrorInfo info) {
    return switch (info.getReason()) {
      case "PROVIDER_REFUSED" -> theirStatus(info);
      case "PROVIDER_FAILED" -> BAD_GATEWAY;
      default -> ProblemJson.httpStatus(ProblemJson.code(status));
    };
  }

  private static int theirStatus(ErrorInfo info) {
    String text = info.getMetadataOrDefault("http_status", "");
    return text.length() == 3 && text.charAt(0) == '4' ? Integer.parseInt(text) : 400;
  }

  private static String body(int httpStatus, com.google.rpc.Status status, ErrorInfo info) {
    return body(httpStatus, status.getMessage(), param(status), code(info));
  }

  private static String code(ErrorInfo info) {
    return info.getReason().equals("MODEL_NOT_FOUND") ? MODEL_NOT_FOUND : info.getReason();
  }

  private static String body(int httpStatus, String message, String param, String code) {
    return "{\"error\":{\"message\":"
        + JsonText.quote(message)
        + ",\"type\":\""
        + type(httpStatus)
        + "\",\"param\":"
        + (param.isEmpty() ? "null" : JsonText.quote(param))
        + ",\"code\":"
        + (code.isEmpty() ? "null" : JsonText.quote(code))
        + "}}";
  }

  private static String type(int httpStatus) {
    return switch (httpStatus) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 429 -> "rate_limit_error";
      default -> httpStatus >= 500 ? "server_error" : "invalid_request_error";
    };
  }

  private static ErrorInfo info(com.google.rpc.Status status) {
    return detail(status, ErrorInfo.class).orElse(ErrorInfo.getDefaultInstance());
  }

  /// The first member of the request that is at fault; empty when none is named.
  private static String param(com.google.rpc.Status status) {
    return detail(status, BadRequest.class)
        .flatMap(bad -> bad.getFieldViolationsList().stream().findFirst())
        .map(BadRequest.FieldViolation::getField)
        .orElse("");
  }

  private static <T extends Message> Optional<T> detail(
      com.google.rpc.Status status, Class<T> type) {
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(type)) {
          return Optional.of(detail.unpack(type));
        }
      }
      return Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.reeve.gateway;

import com.google.rpc.Status;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.reeve.base.Problem;
import io.grpc.Metadata;

/// HTTP answers of the house: JSON, problem+json, and the headers that every answer carries.
final class HttpReplies {
  private static final MediaType JSON = MediaType.JSON;
  private static final MediaType PROBLEM = MediaType.create("application", "problem+json");

  private HttpReplies() {}

  static HttpResponse json(int httpStatus, String body) {
    return HttpResponse.of(headers(httpStatus, JSON).build(), HttpData.ofUtf8(body));
  }

  /// The same for a governed call, under the genome that its trailers name.
  static HttpResponse json(int httpStatus, String body, Metadata trailers) {
    ResponseHeadersBuilder headers = headers(httpStatus, JSON);
    GenomeHeaders.copy(trailers, (name, value) -> headers.set(name, value));
    return HttpResponse.of(headers.build(), HttpData.ofUtf8(body));
  }

  /// A problem of a governed call.
  static HttpResponse problem(int httpStatus, Status status, Metadata trailers) {
    ResponseHeadersBuilder headers = problemHeaders(httpStatus, status).toBuilder();
    GenomeHeaders.copy(trailers, (name, value) -> headers.set(name, value));
    return HttpResponse.of(headers.build(), problemBody(httpStatus, status));
  }

  static HttpResponse text(MediaType type, String body) {
    return HttpResponse.of(headers(200, type).build(), HttpData.ofUtf8(body));
  }

  static HttpResponse problem(Problem problem) {
    Status status = Statuses.proto(problem, ProblemTable.OWN);
    return problem(ProblemJson.httpStatus(ProblemJson.code(status)), status);
  }

  /// A problem with an HTTP status of its own, such as 405.
  static HttpResponse problem(int httpStatus, Problem problem) {
    return problem(httpStatus, Statuses.proto(problem, ProblemTable.OWN));
  }

  static HttpResponse problem(int httpStatus, Status status) {
    return HttpResponse.of(problemHeaders(httpStatus, status), problemBody(httpStatus, status));
  }

  static ResponseHeaders problemHeaders(int httpStatus, Status status) {
    ResponseHeadersBuilder headers = headers(httpStatus, PROBLEM);
    long wait = ProblemJson.retryAfterSeconds(status);
    if (wait > 0) {
      headers.set(HttpHeaderNames.RETRY_AFTER, Long.toString(wait));
    }
    return headers.build();
  }

  static HttpData problemBody(int httpStatus, Status status) {
    return HttpData.ofUtf8(ProblemJson.write(httpStatus, status));
  }

  static ResponseHeadersBuilder headers(int httpStatus, MediaType type) {
    return ResponseHeaders.builder(HttpStatus.valueOf(httpStatus))
        .contentType(type)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
  }
}

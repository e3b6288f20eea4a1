package dev.reeve.gateway.cordum;

import com.google.gson.JsonObject;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.reeve.base.Problem;
import dev.reeve.gateway.ProblemJson;
import dev.reeve.gateway.RestApi;
import dev.reeve.gateway.RestApi.CallRefused;
import java.util.Map;
import java.util.Optional;

/// Refusals in the form of the contract's HTTP surface: `error`, `status`, and as members of ours
/// `code` and what the refusal names, such as `job_id`.
final class RestErrors {
  private RestErrors() {}

  static RestApi.Answer answer(Status status, int httpStatus) {
    return answer(status, httpStatus, Map.of());
  }

  /// Our code for a refusal; empty when it has none.
  static String code(Status status) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        return info(detail).getReason();
      }
    }
    return "";
  }

  /// The refusal inside a failed call, if it was one.
  static Optional<CallRefused> refusal(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof CallRefused refused ? Optional.of(refused) : Optional.empty();
  }

  /// @param first members that go before those of the refusal
  static RestApi.Answer answer(Status status, int httpStatus, Map<String, String> first) {
    JsonObject out = new JsonObject();
    first.forEach(out::addProperty);
    out.addProperty("error", status.getMessage());
    out.addProperty("status", httpStatus);
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        add(out, detail);
      }
    }
    long waitSeconds = ProblemJson.retryAfterSeconds(status);
    Map<String, String> headers =
        waitSeconds > 0 ? Map.of("retry-after", Long.toString(waitSeconds)) : Map.of();
    return RestApi.Answer.json(httpStatus, out.toString(), headers);
  }

  private static void add(JsonObject out, Any detail) {
    ErrorInfo info = info(detail);
    addUnlessSaid(out, "code", info.getReason());
    info.getMetadataMap().forEach((name, value) -> addUnlessSaid(out, name, value));
  }

  private static void addUnlessSaid(JsonObject out, String name, String value) {
    if (!out.has(name)) {
      out.addProperty(name, value);
    }
  }

  private static ErrorInfo info(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a refusal of ours cannot be read", e);
    }
  }

  static RestApi.Answer answer(Problem problem, int httpStatus) {
    JsonObject out = new JsonObject();
    out.addProperty("error", problem.message());
    out.addProperty("status", httpStatus);
    out.addProperty("code", problem.reason());
    return RestApi.Answer.json(httpStatus, out.toString());
  }
}

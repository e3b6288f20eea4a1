package dev.reeve.cli.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.QuotaFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import dev.reeve.base.Problem.FieldViolation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the status of a failed call and its `google.rpc` details. Details it does not know are
/// passed over. Used once per failure.
final class FailureDecoder {
  private static final String SELF_APPROVAL_DENIED = "SELF_APPROVAL_DENIED";

  private final Status status;
  private final List<FieldViolation> fields = new ArrayList<>();
  private final Map<String, String> facts = new TreeMap<>();
  private Optional<Duration> retryAfter = Optional.empty();
  private String reason = "";
  private String domain = "";

  private FailureDecoder(Status status) {
    this.status = status;
  }

  static Failure decode(StatusRuntimeException thrown, ServerAddress server) {
    FailureDecoder decoder = new FailureDecoder(thrown.getStatus());
    com.google.rpc.@Nullable Status rich = StatusProto.fromThrowable(thrown);
    if (rich != null) {
      rich.getDetailsList().forEach(decoder::readSafely);
    }
    return decoder.toFailure(server);
  }

  /// True when nothing of the server's own is in the failure: the transport made it.
  private boolean isFromTransport() {
    return status.getCode() == Status.Code.UNAVAILABLE && reason.isEmpty();
  }

  private Failure toFailure(ServerAddress server) {
    if (isFromTransport()) {
      reason = CliProblems.SERVER_UNREACHABLE.reason();
    }
    return new Failure(
        message(server),
        status.getCode().name(),
        reason,
        domain,
        fields,
        facts,
        retryAfter,
        hint(server),
        ExitCodes.of(status.getCode(), reason));
  }

  private String message(ServerAddress server) {
    String description = status.getDescription() == null ? "" : status.getDescription();
    if (reason.equals(CliProblems.SERVER_UNREACHABLE.reason())) {
      return "cannot reach the server at " + server + ": " + cause(description);
    }
    if (status.getCode() == Status.Code.DEADLINE_EXCEEDED && reason.isEmpty()) {
      return "the server at " + server + " did not answer in time";
    }
    return description.isEmpty() ? "the call ended with " + status.getCode().name() : description;
  }

  private String cause(String description) {
    Throwable innermost = status.getCause();
    while (innermost != null && innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String text = innermost == null ? "" : String.valueOf(innermost.getMessage());
    if (text.contains("Connection refused")) {
      return "connection refused";
    }
    return text.isEmpty() ? description : text;
  }

  private String hint(ServerAddress server) {
    if (reason.equals(SELF_APPROVAL_DENIED)) {
      return "jobs of others are submitted with their name: `reeve submit --principal NAME`, or"
          + " principal_id in Cordum's API; your own you can `reeve cancel`";
    }
    return switch (status.getCode()) {
      case UNAVAILABLE ->
          isFromTransport() || domain.isEmpty()
              ? "start one with `reeve up`, or name another with --server HOST:PORT or REEVE_SERVER"
              : "";
      case UNIMPLEMENTED ->
          "the server at " + server + " may be of another version; see `reeve doctor`";
      case DEADLINE_EXCEEDED ->
          reason.isEmpty() ? "wait longer with --call-timeout, or see `reeve doctor`" : "";
      default -> "";
    };
  }

  private void readSafely(Any detail) {
    try {
      read(detail);
    } catch (InvalidProtocolBufferException e) {
      facts.put("unreadable_detail", detail.getTypeUrl());
    }
  }

  private void read(Any detail) throws InvalidProtocolBufferException {
    if (detail.is(ErrorInfo.class)) {
      ErrorInfo info = detail.unpack(ErrorInfo.class);
      reason = info.getReason();
      domain = info.getDomain();
      facts.putAll(info.getMetadataMap());
    } else if (detail.is(BadRequest.class)) {
      for (BadRequest.FieldViolation violation :
          detail.unpack(BadRequest.class).getFieldViolationsList()) {
        fields.add(new FieldViolation(violation.getField(), violation.getDescription()));
      }
    } else if (detail.is(RetryInfo.class)) {
      com.google.protobuf.Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
      retryAfter = Optional.of(Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
    } else if (detail.is(PreconditionFailure.class)) {
      for (PreconditionFailure.Violation violation :
          detail.unpack(PreconditionFailure.class).getViolationsList()) {
        facts.put("precondition", violation.getType() + ": " + violation.getDescription());
      }
    } else if (detail.is(QuotaFailure.class)) {
      for (QuotaFailure.Violation violation :
          detail.unpack(QuotaFailure.class).getViolationsList()) {
        if (!violation.getSubject().isEmpty()) {
          facts.put("quota", violation.getSubject() + ": " + violation.getDescription());
        }
      }
    } else if (detail.is(ResourceInfo.class)) {
      ResourceInfo resource = detail.unpack(ResourceInfo.class);
      if (!resource.getResourceName().isEmpty()) {
        facts.put("resource", resource.getResourceType() + " " + resource.getResourceName());
      }
    }
  }
}

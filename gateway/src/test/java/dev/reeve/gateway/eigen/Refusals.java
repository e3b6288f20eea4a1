package dev.reeve.gateway.eigen;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;

/// A refusal as one line: status, reason, fields, and which details came in which order.
final class Refusals {
  private Refusals() {}

  static String line(Status status) {
    List<String> fields = new ArrayList<>();
    List<String> details = new ArrayList<>();
    String reason = "";
    try {
      for (Any detail : status.getDetailsList()) {
        String type = detail.getTypeUrl().substring("type.googleapis.com/google.rpc.".length());
        if (detail.is(ErrorInfo.class)) {
          reason = detail.unpack(ErrorInfo.class).getReason();
        } else if (detail.is(BadRequest.class)) {
          detail
              .unpack(BadRequest.class)
              .getFieldViolationsList()
              .forEach(violation -> fields.add(violation.getField()));
        } else if (detail.is(PreconditionFailure.class)) {
          type += ":" + detail.unpack(PreconditionFailure.class).getViolations(0).getType();
        }
        if (detail.is(ResourceInfo.class)) {
          ResourceInfo resource = detail.unpack(ResourceInfo.class);
          type +=
              ":" + resource.getResourceType() + (resource.getResourceName().isEmpty() ? "?" : "");
        }
        details.add(type);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    return "%s %s %s %s"
        .formatted(
            io.grpc.Status.fromCodeValue(status.getCode()).getCode(),
            reason,
            fields,
            String.join(" ", details));
  }

  static Code code(Status status) {
    return io.grpc.Status.fromCodeValue(status.getCode()).getCode();
  }
}

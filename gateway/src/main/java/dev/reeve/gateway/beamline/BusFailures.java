package dev.reeve.gateway.beamline;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import java.util.Map;
import java.util.TreeMap;

/// Reads the refusal of a governed call back out of its gRPC status.
final class BusFailures {
  private BusFailures() {}

  static RouteFailure of(com.google.rpc.Status status) {
    Map<String, String> facts = new TreeMap<>();
    String reason = "";
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          reason = info.getReason();
          facts.putAll(info.getMetadataMap());
        } else if (detail.is(RetryInfo.class)) {
          facts.put("retry_after_ms", millis(detail.unpack(RetryInfo.class)));
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("details of ours cannot be read", e);
    }
    Status.Code code = Status.fromCodeValue(status.getCode()).getCode();
    return RouteFailures.of(
        reason.isEmpty() ? code.name() : reason, code, status.getMessage(), facts);
  }

  private static String millis(RetryInfo info) {
    long millis =
        info.getRetryDelay().getSeconds() * 1_000 + info.getRetryDelay().getNanos() / 1_000_000;
    return Long.toString(millis);
  }
}

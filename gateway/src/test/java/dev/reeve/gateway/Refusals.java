package dev.reeve.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// How a call was refused, as one line of a golden table: status, reason, fields.
public final class Refusals {
  private Refusals() {}

  /// Status, reason and fields of the refusal, or `OK`.
  public static String of(Callable<?> call) {
    try {
      Object answer = call.call();
      return answer instanceof java.util.Iterator<?> events ? drained(events) : "OK";
    } catch (StatusRuntimeException e) {
      return line(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// The ErrorInfo of a refusal.
  public static ErrorInfo info(StatusRuntimeException refused) {
    return details(refused, ErrorInfo.class).getFirst();
  }

  private static String drained(java.util.Iterator<?> events) {
    while (events.hasNext()) {
      events.next();
    }
    return "OK";
  }

  private static String line(StatusRuntimeException refused) {
    List<ErrorInfo> infos = details(refused, ErrorInfo.class);
    List<String> fields = new ArrayList<>();
    for (BadRequest bad : details(refused, BadRequest.class)) {
      bad.getFieldViolationsList().forEach(violation -> fields.add(violation.getField()));
    }
    String reason = infos.isEmpty() ? "-" : infos.getFirst().getReason();
    return refused.getStatus().getCode() + " " + reason + " " + fields;
  }

  /// Metadata of a refusal without what differs from run to run.
  public static Map<String, String> metadata(StatusRuntimeException refused) {
    return new TreeMap<>(info(refused).getMetadataMap());
  }

  private static <T extends com.google.protobuf.Message> List<T> details(
      StatusRuntimeException refused, Class<T> type) {
    com.google.rpc.Status status = StatusProto.fromThrowable(refused);
    List<T> found = new ArrayList<>();
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        try {
          if (detail.is(type)) {
            found.add(detail.unpack(type));
          }
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return found;
  }
}

package dev.reeve.gateway.beamline.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the headers of a message on the bus say; their case counts. Where a header and the message
/// say different things, the header holds.
///
/// @param producer who sent it; may be empty
record ExecHeaders(String tenantId, String traceId, String producer) {
  static final String TRACE_ID = "trace_id";
  static final String TENANT_ID = "tenant_id";
  static final String VERSION = "version";
  static final String MESSAGE_ID = "Nats-Msg-Id";
  private static final String VERSION_1 = "1";
  private static final int LENGTH_MAX = 256;

  static ExecHeaders of(Map<String, String> headers) {
    return new ExecHeaders(
        first(headers, TENANT_ID, "x_tenant_id"),
        first(headers, TRACE_ID, "X-Trace-Id", "x_trace_id"),
        first(headers, "x_producer"));
  }

  /// The first that is there; one that is too long counts for nothing.
  private static String first(Map<String, String> headers, String... names) {
    for (String name : names) {
      String value = headers.getOrDefault(name, "");
      if (!value.isEmpty() && value.length() <= LENGTH_MAX) {
        return value;
      }
    }
    return "";
  }

  /// What of the contract the headers of a result break; a message without any breaks nothing.
  static List<String> violations(Map<String, String> headers) {
    List<String> broken = new ArrayList<>();
    if (headers.isEmpty()) {
      return broken;
    }
    for (String name : List.of(TRACE_ID, TENANT_ID)) {
      if (headers.containsKey(name) && headers.getOrDefault(name, "").isBlank()) {
        broken.add(name + " is empty");
      }
    }
    if (!headers.getOrDefault(VERSION, VERSION_1).equals(VERSION_1)) {
      broken.add("version is not 1");
    }
    if (first(headers, MESSAGE_ID, "x_msg_id").isEmpty()) {
      broken.add("no message id");
    }
    return broken;
  }
}

package dev.reeve.gateway.beamline;

import java.util.Map;

/// What the headers of a message on the bus say; their case counts. Where a header and the payload
/// say different things, the header holds.
record RouteHeaders(String tenantId, String traceId, String version, String requestId) {
  static final RouteHeaders NONE = new RouteHeaders("", "", "", "");

  static RouteHeaders of(Map<String, String> headers) {
    return headers.isEmpty()
        ? NONE
        : new RouteHeaders(
            first(headers, "tenant_id", "x_tenant_id"),
            trace(headers),
            headers.getOrDefault("version", ""),
            headers.getOrDefault("x_request_id", ""));
  }

  private static String trace(Map<String, String> headers) {
    String own = first(headers, "trace_id", "X-Trace-Id", "x_trace_id");
    if (!own.isEmpty()) {
      return own;
    }
    String[] parts = headers.getOrDefault("traceparent", "").split("-", 5);
    return parts.length >= 4 ? parts[1] : "";
  }

  private static String first(Map<String, String> headers, String... names) {
    for (String name : names) {
      String value = headers.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  /// The header, or else what the payload says.
  static String over(String header, String payload) {
    return header.isEmpty() ? payload : header;
  }
}

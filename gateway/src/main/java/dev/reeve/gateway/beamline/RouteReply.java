package dev.reeve.gateway.beamline;

import dev.reeve.governance.cif.JsonText;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/// Writes answers as the BeamLine contract has them: names in snake_case, 64-bit integers as
/// numbers, members always in the same order.
public final class RouteReply {
  private RouteReply() {}

  /// A decision, in the form of its request.
  public static String decision(RouteCall.Address address, RouteDecision decision) {
    return address.form().isWrapped()
        ? "{\"ok\":true,\"decision\":" + wrapped(decision) + "," + context(address) + "}"
        : bare(decision);
  }

  /// A refusal, whose form is always the same.
  public static String failure(RouteCall.Address address, RouteFailure failure) {
    StringBuilder out = new StringBuilder(256).append("{\"ok\":false,\"error\":{");
    text(out, "code", failure.code());
    text(out.append(','), "message", failure.message());
    if (!failure.details().isEmpty()) {
      map(out.append(",\"details\":"), failure.details());
    }
    if (!failure.intakeCode().isEmpty()) {
      text(out.append(','), "intake_error_code", failure.intakeCode());
    }
    return out.append("},").append(context(address)).append('}').toString();
  }

  static String bare(RouteDecision decision) {
    StringBuilder out = new StringBuilder(256).append('{');
    text(out, "provider_id", decision.getProviderId());
    text(out.append(','), "reason", decision.getReason());
    out.append(",\"priority\":").append(decision.getPriority());
    numbers(out, decision);
    map(out.append(",\"metadata\":"), decision.getMetadataMap());
    return out.append('}').toString();
  }

  private static String wrapped(RouteDecision decision) {
    StringBuilder out = new StringBuilder(256).append('{');
    text(out, "provider_id", decision.getProviderId());
    out.append(",\"priority\":").append(decision.getPriority());
    numbers(out, decision);
    text(out.append(','), "reason", decision.getReason());
    if (!decision.getStickyKey().isEmpty()) {
      text(out.append(','), "sticky_key", decision.getStickyKey());
    }
    if (!decision.getProviderLabel().isEmpty()) {
      text(out.append(','), "provider_label", decision.getProviderLabel());
    }
    out.append(",\"fallback_used\":").append(decision.getFallbackUsed());
    text(out.append(','), "policy_id", decision.getPolicyId());
    if (decision.getExpiresAtMs() > 0) {
      out.append(",\"expires_at_ms\":").append(decision.getExpiresAtMs());
    }
    map(out.append(",\"metadata\":"), decision.getMetadataMap());
    return out.append('}').toString();
  }

  private static void numbers(StringBuilder out, RouteDecision decision) {
    out.append(",\"expected_latency_ms\":").append(decision.getExpectedLatencyMs());
    out.append(",\"expected_cost\":").append(decimal(decision.getExpectedCost()));
  }

  /// A number without an exponent that shows that it is no integer.
  static String decimal(double value) {
    if (!Double.isFinite(value)) {
      return "0.0";
    }
    String text = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return text.indexOf('.') < 0 ? text + ".0" : text;
  }

  private static String context(RouteCall.Address address) {
    StringBuilder out = new StringBuilder(96).append("\"context\":{");
    text(out, "request_id", address.requestId());
    if (!address.traceId().isEmpty()) {
      text(out.append(','), "trace_id", address.traceId());
    }
    return out.append('}').toString();
  }

  private static void map(StringBuilder out, Map<String, String> map) {
    String comma = "{";
    for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
      out.append(comma);
      text(out, entry.getKey(), entry.getValue());
      comma = ",";
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private static void text(StringBuilder out, String name, String value) {
    out.append(JsonText.quote(name)).append(':').append(JsonText.quote(value));
  }
}

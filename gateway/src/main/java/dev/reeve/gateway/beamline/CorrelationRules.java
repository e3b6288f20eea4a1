package dev.reeve.gateway.beamline;

import dev.reeve.base.Ids;
import dev.reeve.base.ProblemException;
import dev.reeve.base.Text;
import dev.reeve.wire.beamline.flow.v1.Message;
import java.util.List;
import java.util.regex.Pattern;

/// What the ids of a routing request must look like: little, so that the published examples pass,
/// or all that the later contract asks for.
final class CorrelationRules {
  private static final int KEY_LENGTH_MAX = 256;
  private static final Pattern TENANT = Pattern.compile("[a-zA-Z0-9_-]{1,256}");
  private static final Pattern TRACE = Pattern.compile("[0-9a-fA-F]{32}");
  private static final Pattern UUID_V4 =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}");
  private static final Pattern ULID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}");

  private CorrelationRules() {}

  /// @param message with the ids as they hold, whatever they came in
  /// @param strict whether formats are asked for
  static void check(Message message, String idempotencyKey, boolean strict) {
    require(
        Ids.isTenant(message.getTenantId()), "tenant_id", message.getTenantId(), Ids.TENANT_SHAPE);
    require(
        idempotencyKey.length() <= KEY_LENGTH_MAX,
        "idempotency_key",
        idempotencyKey,
        "at most " + KEY_LENGTH_MAX + " characters");
    if (strict) {
      checkFormats(message);
    }
  }

  private static void checkFormats(Message message) {
    String tenant = message.getTenantId();
    require(TENANT.matcher(tenant).matches(), "tenant_id", tenant, TENANT.pattern());
    String trace = message.getTraceId();
    require(
        trace.isEmpty() || TRACE.matcher(trace).matches() || isUuid(trace),
        "trace_id",
        trace,
        "32 hex digits, or a UUID of version 4");
    List<String> flow = List.of(message.getRunId(), message.getFlowId(), message.getStepId());
    List<String> names = List.of("run_id", "flow_id", "step_id");
    boolean none = flow.stream().allMatch(String::isEmpty);
    for (int i = 0; i < flow.size() && !none; i++) {
      String id = flow.get(i);
      require(!id.isEmpty(), names.get(i), id, "run_id, flow_id and step_id, or none of them");
      require(
          isUuid(id) || ULID.matcher(id).matches(),
          names.get(i),
          id,
          "a UUID of version 4, or a ULID");
    }
  }

  /// Whether a text is a correlation id as the contract has them: a UUID of version 4 or a ULID.
  static boolean isCorrelationId(String text) {
    return isUuid(text) || ULID.matcher(text).matches();
  }

  private static boolean isUuid(String text) {
    return UUID_V4.matcher(text).matches();
  }

  private static void require(boolean holds, String field, String value, String expected) {
    if (!holds) {
      throw wrong(field, value, expected);
    }
  }

  private static ProblemException wrong(String field, String value, String expected) {
    return BeamlineProblems.CORRELATION_FIELDS_INVALID
        .because(field + ": " + Text.quoteForMessage(value) + " (expected: " + expected + ")")
        .with("field", field)
        .toException();
  }
}

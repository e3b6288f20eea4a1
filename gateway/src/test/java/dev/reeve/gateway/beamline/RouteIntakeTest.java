package dev.reeve.gateway.beamline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.base.Bytes;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteIntakeTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final RouteIntake intake =
      new RouteIntake(tenant -> !tenant.equals("other"), false, System::nanoTime);

  private RouteCall read(String text) {
    return intake.read(Bytes.utf8(text), Map.of());
  }

  private RouteRequest accepted(String text) {
    return accepted(text, Map.of());
  }

  private RouteRequest accepted(String text, Map<String, String> headers) {
    RouteCall call = intake.read(Bytes.utf8(text), headers);
    assertThat(call).isInstanceOf(RouteCall.Accepted.class);
    return ((RouteCall.Accepted) call).request();
  }

  private RouteFailure refused(String text) {
    RouteCall call = read(text);
    assertThat(call).isInstanceOf(RouteCall.Refused.class);
    return ((RouteCall.Refused) call).failure();
  }

  private static String task(String members) {
    return "{\"version\":\"1\",\"request_id\":\"r1\",\"tenant_id\":\"t1\","
        + "\"task\":{\"type\":\"chat\",\"payload\":{\"text\":\"good morning\"}}"
        + members
        + "}";
  }

  private static String message(String members) {
    String payload = members.contains("payload\"") ? "" : ",\"payload\":\"hi\"";
    return "{\"message\":{\"tenant_id\":\"t1\",\"message_type\":\"chat\""
        + payload
        + members
        + "}}";
  }

  @Test
  void the_published_example_is_taken_with_all_its_fields() {
    RouteRequest request = accepted(SeedExample.REQUEST);

    assertThat(request.getPolicyId()).isEqualTo("default");
    assertThat(request.getContextMap()).containsExactly(Map.entry("user_id", "user_123"));
    assertThat(request.getIdempotencyKey()).isEqualTo("request_idem_key_456");
    assertThat(request.getMessage().getMessageId()).isEqualTo("msg_1234567890");
    assertThat(request.getMessage().getTenantId()).isEqualTo("tenant_abc123");
    assertThat(request.getMessage().getTraceId()).isEqualTo("trace_abc123");
    assertThat(request.getMessage().getMessageType()).isEqualTo("chat");
    assertThat(request.getMessage().getPayload().toStringUtf8())
        .isEqualTo("{\"text\": \"Hello, world!\"}");
    assertThat(request.getMessage().getMetadataMap()).containsEntry("source", "gateway");
    assertThat(request.getMessage().getTimestampMs()).isEqualTo(1_704_067_200_000L);
    assertThat(request.getMessage().getRunId()).isEqualTo("run_abc123");
    assertThat(request.getMessage().getFlowId()).isEqualTo("flow_xyz789");
    assertThat(request.getMessage().getStepId()).isEqualTo("step_012345");
    assertThat(request.getMessage().getIdempotencyKey()).isEqualTo("idem_key_345");
    assertThat(request.getMessage().getSpanId()).isEqualTo("span_678901");
  }

  @Test
  void a_version_that_is_not_said_is_that_of_the_subject() {
    String without = task("").replace("\"version\":\"1\",", "");

    assertThat(read(without).address().form()).isEqualTo(RouteForm.ROUTER);
    assertThat(accepted(without).getMessage().getTenantId()).isEqualTo("t1");
    assertThat(intake.read(Bytes.utf8(without), Map.of("version", "2")))
        .isInstanceOf(RouteCall.Refused.class);
  }

  @Test
  void every_tenant_of_the_contract_is_accepted_in_every_form() {
    for (String tenant : List.of("_t", "-t", "-", "_", "t".repeat(256), "-" + "_".repeat(255))) {
      String named = "\"tenant_id\":\"" + tenant + "\"";

      assertThat(
              accepted(task("").replace("\"tenant_id\":\"t1\"", named)).getMessage().getTenantId())
          .isEqualTo(tenant);
      assertThat(
              accepted("{\"message\":{" + named + ",\"message_type\":\"chat\",\"payload\":\"hi\"}}")
                  .getMessage()
                  .getTenantId())
          .isEqualTo(tenant);
    }
    assertThat(refused(task("").replace("\"t1\"", "\"" + "t".repeat(257) + "\"")).intakeCode())
        .isEqualTo("CORRELATION_FIELDS_INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {".t", "t!", "a..b", "t/u"})
  void a_tenant_that_no_house_has_is_refused_by_its_shape(String tenant) {
    RouteFailure refusal =
        refused(task("").replace("\"tenant_id\":\"t1\"", "\"tenant_id\":\"" + tenant + "\""));

    assertThat(refusal.intakeCode()).isEqualTo("CORRELATION_FIELDS_INVALID");
    assertThat(refusal.message()).contains("tenant_id: \"" + tenant + "\"", "A-Za-z0-9");
  }

  @Test
  void the_form_is_known_by_the_members() {
    assertThat(read(message("")).address().form()).isEqualTo(RouteForm.SEED);
    assertThat(read(task("")).address().form()).isEqualTo(RouteForm.ROUTER);
    assertThat(
            read("{\"version\":\"1\",\"tenant_id\":\"t1\",\"request_id\":\"r\",\"trace_id\":\"x\","
                    + "\"message\":{\"message_type\":\"chat\",\"payload\":{\"a\":[1]}}}")
                .address()
                .form())
        .isEqualTo(RouteForm.GATEWAY);
    assertThat(read("{\"version\":\"1\",\"request_id\":\"r\"}").address().form())
        .isEqualTo(RouteForm.ROUTER);
  }

  @Test
  void an_object_as_payload_is_its_compact_json() {
    RouteRequest request =
        accepted(
            "{\"version\":\"1\",\"tenant_id\":\"t1\",\"request_id\":\"r\",\"message\":"
                + "{\"message_type\":\"chat\",\"payload\":{ \"a\": [1, 2.50] }}}");

    assertThat(request.getMessage().getPayload().toStringUtf8()).isEqualTo("{\"a\":[1,2.50]}");
    assertThat(request.getMessage().getTenantId()).isEqualTo("t1");
  }

  @Test
  void text_as_payload_is_text_unless_it_says_that_it_is_base64() {
    assertThat(accepted(message(",\"payload\":\"aGk=\"")).getMessage().getPayload().toStringUtf8())
        .isEqualTo("aGk=");
    assertThat(
            accepted(
                    message(",\"payload\":\"aGk=\",\"metadata\":{\"payload_encoding\":\"base64\"}"))
                .getMessage()
                .getPayload()
                .toStringUtf8())
        .isEqualTo("hi");
  }

  @Test
  void values_that_are_no_text_keep_their_type_in_the_context() {
    RouteRequest request =
        accepted(
            "{\"message\":{\"tenant_id\":\"t1\",\"message_type\":\"chat\",\"payload\":\"hi\"},"
                + "\"context\":{\"user_id\":\"u\",\"tokens\":12,\"tags\":[\"a\"],\"no\":null}}");

    assertThat(request.getContextMap()).containsExactly(Map.entry("user_id", "u"));
    assertThat(request.getContextJson().toStringUtf8())
        .isEqualTo("{\"tokens\":12,\"tags\":[\"a\"]}");
  }

  @Test
  void a_header_holds_against_the_payload() {
    RouteRequest request =
        accepted(
            SeedExample.REQUEST,
            Map.of("tenant_id", "t9", "trace_id", TRACE, "version", "1", "cp_phase", "CP1"));

    assertThat(request.getMessage().getTenantId()).isEqualTo("t9");
    assertThat(request.getMessage().getTraceId()).isEqualTo(TRACE);
  }

  @Test
  void a_version_in_the_header_holds_too() {
    RouteCall call = intake.read(Bytes.utf8(task("")), Map.of("version", "3"));

    assertThat(call)
        .isInstanceOfSatisfying(
            RouteCall.Refused.class,
            refused -> assertThat(refused.failure().intakeCode()).isEqualTo("VERSION_UNSUPPORTED"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}| SCHEMA_VALIDATION_FAILED| message",
        "[1]| SCHEMA_VALIDATION_FAILED| request",
        "{\"a\":1,\"a\":2}| SCHEMA_VALIDATION_FAILED| request",
        "{\"message\":1}| SCHEMA_VALIDATION_FAILED| message",
        "{\"message\":{\"message_type\":\"chat\"}}| SCHEMA_VALIDATION_FAILED| message.tenant_id",
        "{\"message\":{\"tenant_id\":\"t\"}}| SCHEMA_VALIDATION_FAILED| message.message_type",
        "{\"message\":{\"tenant_id\":\"t\",\"message_type\":\"c\"}}| SCHEMA_VALIDATION_FAILED|"
            + " message.payload",
        "{\"version\":\"1\",\"request_id\":\"r\",\"tenant_id\":\"t\"}| SCHEMA_VALIDATION_FAILED|"
            + " task",
        "{\"message\":{\"tenant_id\":\"other\",\"message_type\":\"c\",\"payload\":\"x\"}}|"
            + " TENANT_FORBIDDEN| tenant_id",
        "{\"message\":{\"tenant_id\":\"a b\",\"message_type\":\"c\",\"payload\":\"x\"}}|"
            + " CORRELATION_FIELDS_INVALID| tenant_id",
        "{\"message\":{\"tenant_id\":\"t\",\"message_type\":\"c\",\"metadata\":[]}}|"
            + " SCHEMA_VALIDATION_FAILED| message.metadata",
        "{\"message\":{\"tenant_id\":\"t\",\"message_type\":\"\\ud800\"}}|"
            + " SCHEMA_VALIDATION_FAILED| request",
        "{\"message\":{\"tenant_id\":\"t\",\"message_type\":\"c\",\"timestamp_ms\":1.5}}|"
            + " SCHEMA_VALIDATION_FAILED| message.timestamp_ms",
      })
  void what_is_wrong_is_named_with_its_place(String text, String code, String field) {
    RouteFailure failure = refused(text);

    assertThat(failure.intakeCode()).isEqualTo(code);
    assertThat(failure.details()).containsEntry("field", field);
    assertThat(failure.code())
        .isEqualTo(code.equals("TENANT_FORBIDDEN") ? "unauthorized" : "invalid_request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",\"version\":\"2\"| VERSION_UNSUPPORTED",
        ",\"trace_id\":\"short\"| CORRELATION_FIELDS_INVALID",
        ",\"run_id\":\"9f1c2b7e-6b1f-4c0e-9a55-1d2f3a4b5c6d\"| CORRELATION_FIELDS_INVALID",
        ",\"run_id\":\"run\",\"flow_id\":\"flow\",\"step_id\":\"step\"| CORRELATION_FIELDS_INVALID",
        ",\"task\":{\"type\":\"chat\",\"payload\":\"hi\"}| PAYLOAD_TOO_SMALL",
        ",\"task\":{\"type\":\"chat\"}| SCHEMA_VALIDATION_FAILED",
        ",\"task\":{\"payload\":\"good morning\"}| SCHEMA_VALIDATION_FAILED",
        ",\"constraints\":{\"max_cost\":-1}| SCHEMA_VALIDATION_FAILED",
        ",\"options\":[]| SCHEMA_VALIDATION_FAILED",
        ",\"constraints\":{\"max_latency_ms\":1e99}| SCHEMA_VALIDATION_FAILED",
      })
  void a_task_must_keep_the_later_contract(String members, String code) {
    String whole = task("");
    boolean replacesTask = members.startsWith(",\"task\"");
    String text =
        replacesTask
            ? "{\"version\":\"1\",\"request_id\":\"r1\",\"tenant_id\":\"t1\"" + members + "}"
            : members.startsWith(",\"version\"")
                ? whole.replace("\"version\":\"1\"", members.substring(1))
                : task(members);

    assertThat(refused(text).intakeCode()).isEqualTo(code);
  }

  @Test
  void a_task_may_refer_to_its_payload() {
    RouteRequest request =
        accepted(
            "{\"version\":\"1\",\"request_id\":\"r1\",\"tenant_id\":\"t1\","
                + "\"task\":{\"type\":\"chat\",\"payload_ref\":\"blob://1\"}}");

    assertThat(request.getMessage().getMetadataMap()).containsEntry("payload_ref", "blob://1");
  }

  @Test
  void what_comes_first_in_the_order_is_said_first() {
    String wrongInAll =
        "{\"version\":\"7\",\"request_id\":\"r\",\"tenant_id\":\"other\",\"trace_id\":\"no\","
            + "\"task\":{\"type\":\"c\",\"payload\":\"x\"}%s}";

    assertThat(refused(wrongInAll.formatted(",\"context\":1")).intakeCode())
        .isEqualTo("SCHEMA_VALIDATION_FAILED");
    assertThat(refused(wrongInAll.formatted("")).intakeCode()).isEqualTo("VERSION_UNSUPPORTED");
    String known = wrongInAll.formatted("").replace("\"7\"", "\"1\"");
    assertThat(refused(known).intakeCode()).isEqualTo("CORRELATION_FIELDS_INVALID");
    String traced = known.replace("\"no\"", "\"" + TRACE + "\"");
    assertThat(refused(traced).intakeCode()).isEqualTo("PAYLOAD_TOO_SMALL");
    assertThat(refused(traced.replace("\"x\"", "\"good morning\"")).intakeCode())
        .isEqualTo("TENANT_FORBIDDEN");
  }

  @Test
  void a_key_is_for_one_task() {
    accepted(task(",\"idempotency_key\":\"k\""));
    accepted(task(",\"idempotency_key\":\"k\",\"context\":{\"status\":\"timeout\"}"));

    RouteFailure failure =
        refused(task(",\"idempotency_key\":\"k\"").replace("good morning", "good evening"));

    assertThat(failure.intakeCode()).isEqualTo("IDEMPOTENCY_VIOLATION");
    assertThat(failure.code()).isEqualTo("invalid_request");
    accepted(task(",\"idempotency_key\":\"k\"").replace("\"t1\"", "\"t2\"").replace("good", "a"));
  }

  @Test
  void the_other_forms_keep_formats_only_when_that_is_asked_for() {
    RouteIntake strict = new RouteIntake(_ -> true, true, System::nanoTime);

    RouteCall call = strict.read(Bytes.utf8(SeedExample.REQUEST), Map.of());

    assertThat(call)
        .isInstanceOfSatisfying(
            RouteCall.Refused.class,
            refused ->
                assertThat(refused.failure().intakeCode()).isEqualTo("CORRELATION_FIELDS_INVALID"));
  }

  @Test
  void too_large_and_too_deep_requests_are_refused() {
    String large = message(",\"payload\":\"" + "x".repeat(RouteIntake.BYTES_MAX) + "\"");
    String deep = message(",\"payload\":" + "[".repeat(70) + "]".repeat(70));

    assertThat(refused(large).intakeCode()).isEqualTo("SCHEMA_VALIDATION_FAILED");
    assertThat(refused(large).message()).contains("bytes");
    assertThat(refused(deep).message()).contains("too deep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "\u0000", "{\"message\":", "{} {}", "\uFEFF{}"})
  void garbage_is_refused_and_answered(String text) {
    RouteFailure failure = refused(text);

    assertThat(failure.intakeCode()).isEqualTo("SCHEMA_VALIDATION_FAILED");
  }

  @Test
  void a_refusal_knows_whom_to_answer() {
    RouteCall call = read("{\"message\":{\"message_id\":\"m1\",\"trace_id\":\"x\"}}");

    assertThat(call.address()).isEqualTo(new RouteCall.Address(RouteForm.SEED, "m1", "x"));
  }
}

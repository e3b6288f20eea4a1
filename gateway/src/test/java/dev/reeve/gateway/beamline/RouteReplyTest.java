package dev.reeve.gateway.beamline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteReplyTest {
  private static final RouteDecision DECISION =
      RouteDecision.newBuilder()
          .setProviderId("openai")
          .setReason("weighted")
          .setPriority(50)
          .setExpectedLatencyMs(250)
          .setExpectedCost(0.001)
          .putMetadata("algorithm", "weighted_round_robin")
          .setPolicyId("default")
          .setPolicyVersion(3)
          .build();

  @Test
  void a_bare_decision_has_the_members_and_types_of_the_published_one() {
    String reply = RouteReply.decision(new RouteCall.Address(RouteForm.SEED, "m", "t"), DECISION);

    assertThat(reply)
        .isEqualTo(
            "{\"provider_id\":\"openai\",\"reason\":\"weighted\",\"priority\":50,"
                + "\"expected_latency_ms\":250,\"expected_cost\":0.001,"
                + "\"metadata\":{\"algorithm\":\"weighted_round_robin\"}}");
  }

  @Test
  void a_task_is_answered_with_its_decision_wrapped() {
    String reply =
        RouteReply.decision(
            new RouteCall.Address(RouteForm.ROUTER, "r-1", "tr"),
            DECISION.toBuilder().setStickyKey("s").setExpiresAtMs(1_795_298_898_656L).build());

    assertThat(reply)
        .isEqualTo(
            "{\"ok\":true,\"decision\":{\"provider_id\":\"openai\",\"priority\":50,"
                + "\"expected_latency_ms\":250,\"expected_cost\":0.001,\"reason\":\"weighted\","
                + "\"sticky_key\":\"s\",\"fallback_used\":false,\"policy_id\":\"default\","
                + "\"expires_at_ms\":1795298898656,"
                + "\"metadata\":{\"algorithm\":\"weighted_round_robin\"}},"
                + "\"context\":{\"request_id\":\"r-1\",\"trace_id\":\"tr\"}}");
  }

  @Test
  void a_refusal_has_the_same_form_for_all() {
    RouteFailure failure =
        new RouteFailure("invalid_request", "a \"b\"", Map.of("field", "x"), "PAYLOAD_TOO_SMALL");

    assertThat(RouteReply.failure(new RouteCall.Address(RouteForm.SEED, "m", ""), failure))
        .isEqualTo(
            "{\"ok\":false,\"error\":{\"code\":\"invalid_request\",\"message\":\"a \\\"b\\\"\","
                + "\"details\":{\"field\":\"x\"},\"intake_error_code\":\"PAYLOAD_TOO_SMALL\"},"
                + "\"context\":{\"request_id\":\"m\"}}");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "2, 2.0",
    "0.001, 0.001",
    "1e-9, 0.000000001",
    "1e21, 1000000000000000000000.0"
  })
  void a_cost_is_a_number_without_exponent(double cost, String text) {
    assertThat(RouteReply.decimal(cost)).isEqualTo(text);
  }
}

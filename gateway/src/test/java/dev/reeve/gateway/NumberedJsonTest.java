package dev.reeve.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.reeve.v1.ExplainRouteResponse;
import dev.reeve.wire.reeve.v1.JobError;
import dev.reeve.wire.reeve.v1.Worker;
import org.junit.jupiter.api.Test;

/// 64-bit integers are numbers wherever they stand; nothing else is.
class NumberedJsonTest {
  @Test
  void integers_are_numbers_and_texts_of_digits_stay_texts() {
    String line =
        ProtoJson.numbered(
            ExplainRouteResponse.newBuilder()
                .setDecision(
                    RouteDecision.newBuilder()
                        .setProviderId("12")
                        .setExpectedLatencyMs(9_007_199_254_740_993L)
                        .putMetadata("policy_version", "3"))
                .build());

    assertThat(line)
        .contains(
            "\"provider_id\":\"12\"",
            "\"expected_latency_ms\":9007199254740993",
            "\"policy_version\":\"3\"");
  }

  @Test
  void money_has_no_exponent() {
    RouteDecision decision =
        RouteDecision.newBuilder()
            .setExpectedCost(0.0001)
            .putMetadata("expected_cost", "1.0E-4")
            .build();

    assertThat(ProtoJson.line(decision))
        .contains("\"expected_cost\":0.0001,", "{\"expected_cost\":\"1.0E-4\"}");
    assertThat(ProtoJson.numbered(decision)).contains("\"expected_cost\":0.0001,");
  }

  @Test
  void times_stay_times_and_what_has_no_integers_is_as_ever() {
    Worker worker =
        Worker.newBuilder().setWorkerId("w").setLastSeenAt(Timestamps.fromMillis(0)).build();
    JobError error = JobError.newBuilder().setCode("C").setMessage("m").build();

    assertThat(ProtoJson.numbered(worker)).contains("\"last_seen_at\":\"1970-01-01T00:00:00Z\"");
    assertThat(ProtoJson.numbered(error)).isEqualTo(ProtoJson.line(error));
  }
}

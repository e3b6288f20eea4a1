package dev.reeve.conformance.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reeve.testing.Await;
import dev.reeve.testing.ReeveProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes on one PostgreSQL: the second waits, and takes over when the first is gone.
class FailoverIT {
  // The owner's lease and a start; how long it takes on a quiet machine is in
  // docs/guides/postgresql.md.
  private static final Duration TAKE_OVER_MAX = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void a_standby_takes_over_after_a_crash() {
    String[] shared = Database.POSTGRESQL.arguments();
    try (ReeveProcess first = ReeveProcess.up(folder.resolve("first"), shared);
        ReeveProcess standby = ReeveProcess.launch(folder.resolve("second"), Map.of(), shared)) {
      String job;
      try (ForeignClient client = ForeignClient.to(first.ready().grpc())) {
        job = EigenName.SEED.submit(client, Circuits.slow(30), "");
        Await.until("the standby waits", () -> standby.log().contains("standby"));
        assertThat(standby.isReady()).isFalse();
      }

      first.kill();
      standby.awaitReady(TAKE_OVER_MAX);

      try (ForeignClient client = ForeignClient.to(standby.ready().grpc())) {
        assertThat(EigenName.SEED.updates(EigenName.SEED.stream(client, job, 0).rest()).getLast())
            .extracting(EigenName.Update::state)
            .isEqualTo("DONE");
      }
    }
  }

  @Test
  void a_standby_has_the_routing_policies_that_were_put_on_the_other_node() {
    String[] shared = Database.POSTGRESQL.arguments();
    try (ReeveProcess first = ReeveProcess.up(folder.resolve("first"), shared);
        ReeveProcess standby = ReeveProcess.launch(folder.resolve("second"), Map.of(), shared)) {
      try (ForeignClient client = ForeignClient.to(first.ready().grpc())) {
        Await.until("the standby waits", () -> standby.log().contains("standby"));
        upsert(client, "m1");
        upsert(client, "m2");
        assertThat(decide(client)).isEqualTo("m2 by version 2");
      }

      first.kill();
      standby.awaitReady(TAKE_OVER_MAX);

      try (ForeignClient client = ForeignClient.to(standby.ready().grpc())) {
        assertThat(decide(client)).isEqualTo("m2 by version 2");
        assertThat(versions(client)).containsExactly("2", "1");
        upsert(client, "m3");
        assertThat(decide(client)).isEqualTo("m3 by version 3");
      }
    }
  }

  private static void upsert(ForeignClient client, String provider) {
    ForeignMessage written =
        client.call(
            "beamline.flow.v1.RouterAdmin/UpsertPolicy",
            """
            {"tenantId": "default",
             "policy": {"policyId": "chat", "providers": [{"id": "%s", "weight": 1}]}}
            """
                .formatted(provider));
    assertThat(written.text("ok")).isEqualTo("true");
  }

  private static String decide(ForeignClient client) {
    ForeignMessage decision =
        client.call(
            "beamline.flow.v1.Router/Decide",
            """
            {"policyId": "chat",
             "message": {"messageId": "m", "tenantId": "default", "messageType": "chat",
                         "payload": "e30="}}
            """);
    return decision.text("provider_id") + " by version " + decision.text("policy_version");
  }

  private static List<String> versions(ForeignClient client) {
    return client
        .call(
            "reeve.v1.RoutingService/ListRoutePolicyVersions",
            "{\"tenantId\": \"default\", \"policyId\": \"chat\"}")
        .parts("versions")
        .stream()
        .map(version -> version.text("version"))
        .toList();
  }
}

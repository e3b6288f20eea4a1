package dev.reeve.gateway.beamline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.routing.ExtensionCaller;
import dev.reeve.wire.beamline.flow.v1.AdminPolicy;
import dev.reeve.wire.beamline.flow.v1.AdminProvider;
import dev.reeve.wire.beamline.flow.v1.GetPolicyRequest;
import dev.reeve.wire.beamline.flow.v1.RouterAdminGrpc;
import dev.reeve.wire.beamline.flow.v1.UpsertPolicyRequest;
import dev.reeve.wire.reeve.v1.GetRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.PutRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.RollBackRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.RoutePolicy;
import dev.reeve.wire.reeve.v1.RoutingServiceGrpc;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Policies that are read in the short form and written back.
final class AdminPolicyRoundTripTest {
  private static final String FULL =
      "{\"version\":\"1.0\",\"providers\":[{\"name\":\"g\",\"weight\":80},"
          + "{\"name\":\"s\",\"weight\":20}],"
          + "\"sticky\":{\"enabled\":true,\"session_key\":\"user_id\",\"ttl\":\"10m\"},"
          + "\"fallbacks\":[{\"when\":{\"status\":\"timeout\"},\"retry\":1,\"to\":\"s\"}]}";

  private final GatewayFixture gateway =
      GatewayFixture.start((services, _) ->
          List.of(
              BeamlineDialect.create(
                  services,
                  BeamlineFixture.ports(
                      services, BeamlineFixture.NONE_BEFORE, ExtensionCaller.NONE, Set.of("t1")))));
  private final RouterAdminGrpc.RouterAdminBlockingStub admin =
      RouterAdminGrpc.newBlockingStub(gateway.channel());
  private final RoutingServiceGrpc.RoutingServiceBlockingStub routing =
      RoutingServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void put() {
    var _ =
        routing.putRoutePolicy(
            PutRoutePolicyRequest.newBuilder()
                .setTenantId("t1")
                .setPolicyId("p")
                .setDocument(ByteString.copyFromUtf8(FULL))
                .build());
  }

  private RoutePolicy get() {
    return routing
        .getRoutePolicy(
            GetRoutePolicyRequest.newBuilder().setTenantId("t1").setPolicyId("p").build())
        .getPolicy();
  }

  private void upsert(AdminPolicy policy) {
    var _ =
        admin.upsertPolicy(
            UpsertPolicyRequest.newBuilder().setTenantId("t1").setPolicy(policy).build());
  }

  @Test
  void what_the_short_form_cannot_say_stays_when_it_comes_back_unchanged() {
    put();
    RoutePolicy before = get();
    AdminPolicy shown =
        admin
            .getPolicy(GetPolicyRequest.newBuilder().setTenantId("t1").setPolicyId("p").build())
            .getPolicy();

    upsert(shown);

    assertThat(get()).isEqualTo(before);
    assertThat(get().getDocument().toStringUtf8()).contains("user_id", "10m", "retry");
  }

  @Test
  void a_change_in_the_short_form_is_what_holds_then() {
    put();
    upsert(
        AdminPolicy.newBuilder()
            .setPolicyId("p")
            .addProviders(AdminProvider.newBuilder().setId("g").setWeight(1))
            .build());

    assertThat(get().getDocument().toStringUtf8()).contains("\"g\"").doesNotContain("user_id");
  }

  @Test
  void a_provider_that_comes_twice_is_refused() {
    AdminPolicy.Builder twice = AdminPolicy.newBuilder().setPolicyId("p");
    for (String id : List.of("a", "b", "a")) {
      twice.addProviders(AdminProvider.newBuilder().setId(id).setWeight(0.5));
    }

    assertThatThrownBy(() -> upsert(twice.build()))
        .hasMessageContaining("providers[2].id: a twice (expected: each provider once)");
  }

  @Test
  void a_version_that_is_not_kept_is_answered_with_those_that_are() {
    put();

    for (long number : new long[] {99, -1}) {
      assertThatThrownBy(() ->
              routing.rollBackRoutePolicy(
                  RollBackRoutePolicyRequest.newBuilder()
                      .setTenantId("t1")
                      .setPolicyId("p")
                      .setVersion(number)
                      .build()))
          .hasMessageContaining("version: " + number + " (expected: a kept version of p: 1)");
    }
  }
}

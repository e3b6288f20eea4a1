package dev.reeve.gateway.beamline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.reeve.engine.port.StoreException;
import dev.reeve.engine.testing.InMemoryStore;
import dev.reeve.gateway.GatewayFixture;
import dev.reeve.gateway.reeve.ReeveFixture;
import dev.reeve.routing.ExtensionCaller;
import dev.reeve.routing.ExtensionReply;
import dev.reeve.service.route.RoutePolicyDocuments;
import dev.reeve.wire.beamline.flow.v1.AdminPolicy;
import dev.reeve.wire.beamline.flow.v1.AdminProvider;
import dev.reeve.wire.beamline.flow.v1.DeletePolicyRequest;
import dev.reeve.wire.beamline.flow.v1.GetCheckpointStatusRequest;
import dev.reeve.wire.beamline.flow.v1.GetPolicyRequest;
import dev.reeve.wire.beamline.flow.v1.ListPoliciesRequest;
import dev.reeve.wire.beamline.flow.v1.Message;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import dev.reeve.wire.beamline.flow.v1.RouterAdminGrpc;
import dev.reeve.wire.beamline.flow.v1.RouterGrpc;
import dev.reeve.wire.beamline.flow.v1.UpsertPolicyRequest;
import dev.reeve.wire.reeve.v1.AuditServiceGrpc;
import dev.reeve.wire.reeve.v1.ExplainRouteRequest;
import dev.reeve.wire.reeve.v1.ExplainRouteResponse;
import dev.reeve.wire.reeve.v1.GetRouteDecisionRequest;
import dev.reeve.wire.reeve.v1.GetRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.ListReceiptsRequest;
import dev.reeve.wire.reeve.v1.ListRoutePolicyVersionsRequest;
import dev.reeve.wire.reeve.v1.PutRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.RollBackRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.RoutePolicy;
import dev.reeve.wire.reeve.v1.RoutingServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RouterApiTest {
  private static final String ONE =
      "{\"version\":\"1.0\",\"providers\":[{\"name\":\"m1\",\"weight\":100}]}";
  private static final String LONG = "-_" + "t".repeat(254);
  private static final String GUARDED =
      "{\"version\":\"1.0\",\"providers\":[{\"name\":\"m1\",\"weight\":100}],"
          + "\"validators\":[{\"id\":\"pii_guard\",\"on_fail\":\"block\"}]}";

  private final InMemoryStore store = new InMemoryStore(InstantSource.system());
  private final List<String> called = new ArrayList<>();
  private volatile ExtensionReply reply = ExtensionReply.fine();
  private final ExtensionCaller extensions =
      call -> {
        called.add(call.id() + " " + call.payload());
        return reply;
      };
  private final GatewayFixture gateway =
      GatewayFixture.startOn(
          store,
          GatewayFixture.POLICY,
          (services, archive) ->
              List.of(
                  BeamlineDialect.create(
                      services,
                      BeamlineFixture.ports(
                          services,
                          BeamlineFixture.book(store),
                          extensions,
                          Set.of("t1", "t2", LONG))),
                  ReeveFixture.dialect(services, archive)));
  private final RouterGrpc.RouterBlockingStub router =
      RouterGrpc.newBlockingStub(gateway.channel());
  private final RouterAdminGrpc.RouterAdminBlockingStub admin =
      RouterAdminGrpc.newBlockingStub(gateway.channel());
  private final RoutingServiceGrpc.RoutingServiceBlockingStub routing =
      RoutingServiceGrpc.newBlockingStub(gateway.channel());

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static RouteRequest.Builder request(String policy) {
    return RouteRequest.newBuilder()
        .setPolicyId(policy)
        .setMessage(
            Message.newBuilder()
                .setMessageId("m")
                .setTenantId("t1")
                .setMessageType("chat")
                .setPayload(ByteString.copyFromUtf8("{\"text\":\"hello\"}")));
  }

  private RoutePolicy put(String id, String document) {
    return routing
        .putRoutePolicy(
            PutRoutePolicyRequest.newBuilder()
                .setTenantId("t1")
                .setPolicyId(id)
                .setDocument(ByteString.copyFromUtf8(document))
                .build())
        .getPolicy();
  }

  private static Map<String, String> details(StatusRuntimeException thrown) {
    return BusFailures.of(Objects.requireNonNull(StatusProto.fromThrowable(thrown))).details();
  }

  private static void assertStatus(ThrowingCallable call, Status.Code code, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            thrown -> {
              assertThat(thrown.getStatus().getCode()).isEqualTo(code);
              assertThat(details(thrown)).containsEntry("reason", reason);
            });
  }

  @Test
  void a_tenant_with_the_longest_name_has_policies_decisions_and_receipts() {
    routing.putRoutePolicy(
        PutRoutePolicyRequest.newBuilder()
            .setTenantId(LONG)
            .setPolicyId("p")
            .setDocument(ByteString.copyFromUtf8(ONE))
            .build());
    RouteRequest.Builder asked = request("p");
    asked.getMessageBuilder().setTenantId(LONG);

    assertThat(router.decide(asked.build()).getProviderId()).isEqualTo("m1");

    assertThat(
            AuditServiceGrpc.newBlockingStub(gateway.channel())
                .listReceipts(ListReceiptsRequest.newBuilder().setPageSize(100).build())
                .getLeavesList())
        .anyMatch(receipt -> receipt.getLeaf().toStringUtf8().contains(LONG));
  }

  @Test
  void a_decision_names_the_policy_and_its_version() {
    put("p", ONE);

    RouteDecision decision = router.decide(request("p").build());

    assertThat(decision.getProviderId()).isEqualTo("m1");
    assertThat(decision.getReason()).isEqualTo("weighted");
    assertThat(decision.getPriority()).isEqualTo(50);
    assertThat(decision.getPolicyVersion()).isEqualTo(1);
    assertThat(decision.getMetadataMap()).containsEntry("policy_version", "1");
  }

  @Test
  void a_change_is_live_at_once_and_rolled_back_as_a_new_version() {
    put("p", ONE);
    put("p", ONE.replace("m1", "m2"));
    assertThat(router.decide(request("p").build()).getProviderId()).isEqualTo("m2");

    RoutePolicy back =
        routing
            .rollBackRoutePolicy(
                RollBackRoutePolicyRequest.newBuilder().setTenantId("t1").setPolicyId("p").build())
            .getPolicy();

    assertThat(back.getVersion()).isEqualTo(3);
    RouteDecision decision = router.decide(request("p").build());
    assertThat(decision.getProviderId()).isEqualTo("m1");
    assertThat(decision.getPolicyVersion()).isEqualTo(3);
    assertThat(
            routing
                .listRoutePolicyVersions(
                    ListRoutePolicyVersionsRequest.newBuilder()
                        .setTenantId("t1")
                        .setPolicyId("p")
                        .build())
                .getVersionsList())
        .extracting(RoutePolicy::getVersion)
        .containsExactly(3L, 2L, 1L);
  }

  @Test
  void the_statuses_are_those_of_the_contract() {
    put("dead", "{\"version\":\"1.0\",\"providers\":[{\"name\":\"m1\",\"weight\":0}]}");

    assertStatus(
        () -> router.decide(RouteRequest.getDefaultInstance()),
        Status.Code.INVALID_ARGUMENT,
        "MISSING_MESSAGE");
    assertStatus(
        () ->
            router.decide(
                RouteRequest.newBuilder()
                    .setMessage(Message.newBuilder().setMessageId("m"))
                    .build()),
        Status.Code.INVALID_ARGUMENT,
        "MISSING_TENANT_ID");
    RouteRequest.Builder untyped = request("p");
    untyped.getMessageBuilder().clearMessageType();
    assertStatus(
        () -> router.decide(untyped.build()),
        Status.Code.INVALID_ARGUMENT,
        "SCHEMA_VALIDATION_FAILED");
    assertStatus(
        () -> admin.listPolicies(ListPoliciesRequest.getDefaultInstance()),
        Status.Code.INVALID_ARGUMENT,
        "MISSING_TENANT_ID");
    assertStatus(
        () -> router.decide(request("none").build()), Status.Code.NOT_FOUND, "policy_not_found");
    assertStatus(
        () -> router.decide(request("dead").build()),
        Status.Code.INTERNAL,
        "no_provider_available");
    RouteRequest.Builder foreign = request("p");
    foreign.getMessageBuilder().setTenantId("t3");
    assertStatus(
        () -> router.decide(foreign.build()), Status.Code.PERMISSION_DENIED, "TENANT_FORBIDDEN");
    assertStatus(
        () ->
            admin.deletePolicy(
                DeletePolicyRequest.newBuilder().setTenantId("t1").setPolicyId("none").build()),
        Status.Code.NOT_FOUND,
        "policy_not_found");
    assertStatus(
        () -> put("bad", "{\"version\":\"1.0\"}"), Status.Code.INVALID_ARGUMENT, "INVALID_POLICY");
  }

  @Test
  void a_policy_in_the_short_form_decides() {
    admin.upsertPolicy(
        UpsertPolicyRequest.newBuilder()
            .setTenantId("t1")
            .setPolicy(
                AdminPolicy.newBuilder()
                    .setPolicyId("short")
                    .addProviders(AdminProvider.newBuilder().setId("a:b/c-d.e").setWeight(1))
                    .setSticky(true))
            .build());

    assertThat(router.decide(request("short").build()).getProviderId()).isEqualTo("a:b/c-d.e");
    assertThat(
            admin
                .getPolicy(
                    GetPolicyRequest.newBuilder().setTenantId("t1").setPolicyId("short").build())
                .getPolicy()
                .getSticky())
        .isTrue();
    assertThat(
            admin
                .listPolicies(ListPoliciesRequest.newBuilder().setTenantId("t1").build())
                .getPoliciesList())
        .extracting(AdminPolicy::getPolicyId)
        .containsExactly("short");
    assertThat(
            admin
                .listPolicies(ListPoliciesRequest.newBuilder().setTenantId("t2").build())
                .getPoliciesList())
        .isEmpty();
    assertThat(
            admin
                .getCheckpointStatus(GetCheckpointStatusRequest.getDefaultInstance())
                .getStatus()
                .getCurrentCp())
        .isEqualTo("CP2");
  }

  @Test
  void what_was_put_is_kept_with_its_versions() {
    put("p", ONE);
    put("p", ONE.replace("m1", "m2"));

    try (GatewayFixture again =
        GatewayFixture.startOn(
            store,
            GatewayFixture.POLICY,
            (services, _) ->
                List.of(
                    BeamlineDialect.create(
                        services,
                        BeamlineFixture.ports(
                            services, BeamlineFixture.book(store), extensions, Set.of()))))) {
      RouteDecision decision =
          RouterGrpc.newBlockingStub(again.channel()).decide(request("p").build());

      assertThat(decision.getProviderId()).isEqualTo("m2");
      assertThat(decision.getPolicyVersion()).isEqualTo(2);
    }
  }

  @Test
  void a_change_that_cannot_be_kept_is_not_in_force() throws StoreException {
    put("p", ONE);
    store.open();

    assertStatus(
        () -> put("p", ONE.replace("m1", "m2")), Status.Code.UNAVAILABLE, "ROUTE_POLICY_NOT_KEPT");

    assertThat(
            routing
                .getRoutePolicy(
                    GetRoutePolicyRequest.newBuilder().setTenantId("t1").setPolicyId("p").build())
                .getPolicy()
                .getVersion())
        .isEqualTo(1);
    assertThat(store.documents(RoutePolicyDocuments.PREFIX)).hasSize(1);
  }

  @Test
  void a_validator_hears_the_payload_and_may_block() {
    put("guarded", GUARDED);
    assertThat(router.decide(request("guarded").build()).getProviderId()).isEqualTo("m1");
    assertThat(called).containsExactly("pii_guard {text=hello}");

    reply = new ExtensionReply.Answered(Optional.empty(), Map.of(), true, "a name", Map.of());

    assertStatus(
        () -> router.decide(request("guarded").build()), Status.Code.PERMISSION_DENIED, "a name");
    reply = new ExtensionReply.Failed(ExtensionReply.Failure.TIMEOUT, "no answer");
    assertThatThrownBy(() -> router.decide(request("guarded").build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            thrown -> {
              assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
              assertThat(details(thrown)).containsEntry("extension_id", "pii_guard");
            });
  }

  @Test
  void decisions_and_changes_have_their_receipts() {
    put("p", ONE);
    RouteDecision decision = router.decide(request("p").build());

    List<String> leaves =
        AuditServiceGrpc.newBlockingStub(gateway.channel())
            .listReceipts(ListReceiptsRequest.newBuilder().setPageSize(100).build())
            .getLeavesList()
            .stream()
            .map(receipt -> receipt.getLeaf().toStringUtf8())
            .toList();

    assertThat(leaves)
        .anySatisfy(leaf ->
            assertThat(leaf)
                .contains("action:route:decide", "p@1", "weighted m1")
                .contains(decision.getPolicySnapshot()))
        .anySatisfy(leaf ->
            assertThat(leaf)
                .contains("action:route:write_policy", "version 1")
                .contains(decision.getPolicySnapshot()));
  }

  @Test
  void a_dry_run_leaves_nothing_behind_and_an_explanation_shows_all_candidates() {
    put("p", ONE);
    router.decide(request("p").setDryRun(true).build());

    assertStatus(
        () ->
            routing.getRouteDecision(
                GetRouteDecisionRequest.newBuilder().setTenantId("t1").setMessageId("m").build()),
        Status.Code.NOT_FOUND,
        "DECISION_NOT_FOUND");
    ExplainRouteResponse explained =
        routing.explainRoute(ExplainRouteRequest.newBuilder().setRequest(request("p")).build());
    assertThat(explained.getCandidatesList())
        .singleElement()
        .satisfies(candidate -> assertThat(candidate.getVerdict()).isEqualTo("available"));
    router.decide(request("p").build());
    assertThat(
            routing
                .getRouteDecision(
                    GetRouteDecisionRequest.newBuilder()
                        .setTenantId("t1")
                        .setMessageId("m")
                        .build())
                .getDecision()
                .getProviderId())
        .isEqualTo("m1");
  }

  @Test
  void an_explanation_says_as_much_as_the_context_asks_for() {
    put("p", ONE);
    RouteRequest.Builder asked = request("p").putContext("region", "eu");

    ExplainRouteResponse minimal = explain(asked.putContext("detail_level", "minimal"));
    ExplainRouteResponse detailed = explain(asked.putContext("detail_level", "detailed"));
    ExplainRouteResponse verbose = explain(asked.putContext("detail_level", "verbose"));

    assertThat(minimal.getDecision().getProviderId()).isEqualTo("m1");
    assertThat(minimal.getStepsList()).isEmpty();
    assertThat(minimal.getCandidatesList()).isEmpty();
    assertThat(detailed.getStepsList()).isNotEmpty();
    assertThat(detailed.getContextJson()).isEmpty();
    assertThat(verbose.getCandidatesList()).hasSize(1);
    assertThat(verbose.getContextJson()).contains("\"region\":\"eu\"");
  }

  private ExplainRouteResponse explain(RouteRequest.Builder asked) {
    return routing.explainRoute(ExplainRouteRequest.newBuilder().setRequest(asked).build());
  }

  @Test
  void the_whole_policy_is_kept_as_it_was_written() {
    put("guarded", GUARDED);

    RoutePolicy policy =
        routing
            .getRoutePolicy(
                GetRoutePolicyRequest.newBuilder().setTenantId("t1").setPolicyId("guarded").build())
            .getPolicy();

    assertThat(policy.getTenantId()).isEqualTo("t1");
    assertThat(policy.getDocument().toStringUtf8()).contains("pii_guard");
    assertThat(policy.getWrittenBy()).isEqualTo("local-operator");
  }
}

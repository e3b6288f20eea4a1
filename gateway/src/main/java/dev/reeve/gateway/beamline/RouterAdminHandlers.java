package dev.reeve.gateway.beamline;

import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.Replies;
import dev.reeve.routing.AdminRoutePolicy;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.service.Caller;
import dev.reeve.wire.beamline.flow.v1.CheckpointStatus;
import dev.reeve.wire.beamline.flow.v1.DeletePolicyRequest;
import dev.reeve.wire.beamline.flow.v1.DeletePolicyResponse;
import dev.reeve.wire.beamline.flow.v1.GetCheckpointStatusRequest;
import dev.reeve.wire.beamline.flow.v1.GetCheckpointStatusResponse;
import dev.reeve.wire.beamline.flow.v1.GetPolicyRequest;
import dev.reeve.wire.beamline.flow.v1.GetPolicyResponse;
import dev.reeve.wire.beamline.flow.v1.GetValidatorsHealthRequest;
import dev.reeve.wire.beamline.flow.v1.GetValidatorsHealthResponse;
import dev.reeve.wire.beamline.flow.v1.ListPoliciesRequest;
import dev.reeve.wire.beamline.flow.v1.ListPoliciesResponse;
import dev.reeve.wire.beamline.flow.v1.RouterAdminGrpc;
import dev.reeve.wire.beamline.flow.v1.UpsertPolicyRequest;
import dev.reeve.wire.beamline.flow.v1.UpsertPolicyResponse;
import dev.reeve.wire.beamline.flow.v1.ValidatorStatus;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/// `beamline.flow.v1.RouterAdmin`: policies in their short form. Changes block, the rest does not.
final class RouterAdminHandlers extends RouterAdminGrpc.RouterAdminImplBase {
  private static final String CHECKPOINT = "CP2";

  private final BeamlinePorts ports;
  private final Replies replies;
  private final long startedMs;

  RouterAdminHandlers(BeamlinePorts ports, Replies replies) {
    this.ports = ports;
    this.replies = replies;
    startedMs = ports.clock().millis();
  }

  @Override
  public void upsertPolicy(
      UpsertPolicyRequest request, StreamObserver<UpsertPolicyResponse> observer) {
    Caller caller = CallScope.current().caller();
    replies.send(
        observer,
        () -> {
          Caller chosen = tenant(caller, request.getTenantId());
          AdminRoutePolicy asked = AdminPolicies.decode(request.getPolicy());
          RoutePolicy policy =
              unchanged(chosen.tenant(), asked)
                  .orElseGet(() -> RoutePolicyReader.read(asked).orThrow("policy"));
          ports.policies().put(chosen, chosen.tenant(), policy);
          return UpsertPolicyResponse.newBuilder().setOk(true).build();
        });
  }

  /// The policy in force when its short form is what is asked for: whoever writes back what was
  /// read loses nothing of what the short form has no place for.
  private Optional<RoutePolicy> unchanged(String tenant, AdminRoutePolicy asked) {
    return ports
        .policies()
        .current()
        .find(tenant, asked.policyId())
        .filter(held -> !asked.policyId().isEmpty() && held.toAdmin().equals(asked));
  }

  @Override
  public void deletePolicy(
      DeletePolicyRequest request, StreamObserver<DeletePolicyResponse> observer) {
    Caller caller = CallScope.current().caller();
    replies.send(
        observer,
        () -> {
          Caller chosen = tenant(caller, request.getTenantId());
          ports.policies().delete(chosen, chosen.tenant(), request.getPolicyId());
          return DeletePolicyResponse.newBuilder().setOk(true).build();
        });
  }

  @Override
  public void getPolicy(GetPolicyRequest request, StreamObserver<GetPolicyResponse> observer) {
    Caller caller = CallScope.current().caller();
    replies.send(
        observer,
        () -> {
          Caller chosen = tenant(caller, request.getTenantId());
          RoutePolicy policy = RoutePolicyViews.find(ports, chosen.tenant(), request.getPolicyId());
          return GetPolicyResponse.newBuilder()
              .setPolicy(AdminPolicies.encode(policy.toAdmin()))
              .build();
        });
  }

  @Override
  public void listPolicies(
      ListPoliciesRequest request, StreamObserver<ListPoliciesResponse> observer) {
    Caller caller = CallScope.current().caller();
    replies.send(
        observer,
        () -> {
          Caller chosen = tenant(caller, request.getTenantId());
          ListPoliciesResponse.Builder all = ListPoliciesResponse.newBuilder();
          for (RoutePolicy policy : ports.policies().current().list(chosen.tenant())) {
            all.addPolicies(AdminPolicies.encode(policy.toAdmin()));
          }
          return all.build();
        });
  }

  @Override
  public void getCheckpointStatus(
      GetCheckpointStatusRequest request, StreamObserver<GetCheckpointStatusResponse> observer) {
    replies.send(
        observer,
        () ->
            GetCheckpointStatusResponse.newBuilder()
                .setStatus(
                    CheckpointStatus.newBuilder()
                        .setCurrentCp(CHECKPOINT)
                        .setCp2PlusAllowed(true)
                        .setUpdatedAtMs(startedMs))
                .build());
  }

  /// The extensions that were called since the start.
  @Override
  public void getValidatorsHealth(
      GetValidatorsHealthRequest request, StreamObserver<GetValidatorsHealthResponse> observer) {
    replies.send(
        observer,
        () -> {
          GetValidatorsHealthResponse.Builder all = GetValidatorsHealthResponse.newBuilder();
          for (ExtensionStatistics.View view : ports.extensions().all()) {
            all.addValidators(
                ValidatorStatus.newBuilder()
                    .setName(view.id())
                    .setStatus(view.status().equals("unhealthy") ? "not_serving" : "serving")
                    .setTimestampMs(view.lastMillis())
                    .setDetails(view.calls() + " calls, " + view.status()));
          }
          return all.build();
        });
  }

  private Caller tenant(Caller caller, String tenantId) {
    if (tenantId.isEmpty()) {
      throw BeamlineProblems.MISSING_TENANT_ID
          .because("tenant_id: missing (expected: a tenant)")
          .withField("tenant_id", "expected: a tenant")
          .toException();
    }
    return ports.tenants().caller(caller, "tenant_id", tenantId);
  }
}

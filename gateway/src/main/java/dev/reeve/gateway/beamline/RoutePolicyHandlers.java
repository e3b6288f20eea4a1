package dev.reeve.gateway.beamline;

import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.Replies;
import dev.reeve.routing.PolicyVersion;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.routing.RoutePolicyReader;
import dev.reeve.routing.RoutingProblems;
import dev.reeve.service.Caller;
import dev.reeve.wire.reeve.v1.DeleteRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.DeleteRoutePolicyResponse;
import dev.reeve.wire.reeve.v1.GetRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.GetRoutePolicyResponse;
import dev.reeve.wire.reeve.v1.ListRoutePoliciesRequest;
import dev.reeve.wire.reeve.v1.ListRoutePoliciesResponse;
import dev.reeve.wire.reeve.v1.ListRoutePolicyVersionsRequest;
import dev.reeve.wire.reeve.v1.ListRoutePolicyVersionsResponse;
import dev.reeve.wire.reeve.v1.PutRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.PutRoutePolicyResponse;
import dev.reeve.wire.reeve.v1.RollBackRoutePolicyRequest;
import dev.reeve.wire.reeve.v1.RollBackRoutePolicyResponse;
import io.grpc.stub.StreamObserver;

/// `reeve.v1.RoutingService`: beside what [RoutingHandlers] shows, policies with their whole source
/// and history. Every method may block.
final class RoutePolicyHandlers extends RoutingHandlers {
  private final BeamlinePorts ports;
  private final Replies replies;

  RoutePolicyHandlers(BeamlinePorts ports, Replies replies) {
    super(ports, replies);
    this.ports = ports;
    this.replies = replies;
  }

  @Override
  public void putRoutePolicy(
      PutRoutePolicyRequest request, StreamObserver<PutRoutePolicyResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          Caller caller = tenant(scope, request.getTenantId());
          RoutePolicy policy =
              RoutePolicyReader.read(request.getPolicyId(), request.getDocument().toStringUtf8())
                  .orThrow("policy");
          RoutePolicyViews.requireTenant(policy, caller.tenant());
          PolicyVersion version = ports.policies().put(caller, caller.tenant(), policy);
          return PutRoutePolicyResponse.newBuilder()
              .setPolicy(
                  RoutePolicyViews.encode(caller.tenant(), policy.policyId(), version, false))
              .build();
        });
  }

  @Override
  public void getRoutePolicy(
      GetRoutePolicyRequest request, StreamObserver<GetRoutePolicyResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          String tenant = tenant(scope, request.getTenantId()).tenant();
          String id = idOf(request.getPolicyId());
          if (request.getVersion() == 0) {
            RoutePolicy _ = RoutePolicyViews.find(ports, tenant, id);
          }
          RoutePolicyViews.Owned owned = RoutePolicyViews.history(ports, tenant, id);
          PolicyVersion version = version(owned, id, request.getVersion());
          return GetRoutePolicyResponse.newBuilder()
              .setPolicy(RoutePolicyViews.encode(owned.tenant(), id, version, true))
              .build();
        });
  }

  @Override
  public void listRoutePolicies(
      ListRoutePoliciesRequest request, StreamObserver<ListRoutePoliciesResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          String tenant = tenant(scope, request.getTenantId()).tenant();
          ListRoutePoliciesResponse.Builder all = ListRoutePoliciesResponse.newBuilder();
          for (RoutePolicy policy : ports.policies().current().list(tenant)) {
            String id = policy.policyId();
            RoutePolicyViews.Owned owned = RoutePolicyViews.history(ports, tenant, id);
            all.addPolicies(
                RoutePolicyViews.encode(owned.tenant(), id, owned.versions().getLast(), false));
          }
          return all.build();
        });
  }

  @Override
  public void deleteRoutePolicy(
      DeleteRoutePolicyRequest request, StreamObserver<DeleteRoutePolicyResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          Caller caller = tenant(scope, request.getTenantId());
          PolicyVersion version =
              ports.policies().delete(caller, caller.tenant(), request.getPolicyId());
          return DeleteRoutePolicyResponse.newBuilder()
              .setPolicy(
                  RoutePolicyViews.encode(caller.tenant(), request.getPolicyId(), version, false))
              .build();
        });
  }

  @Override
  public void listRoutePolicyVersions(
      ListRoutePolicyVersionsRequest request,
      StreamObserver<ListRoutePolicyVersionsResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          String tenant = tenant(scope, request.getTenantId()).tenant();
          String id = idOf(request.getPolicyId());
          RoutePolicyViews.Owned owned = RoutePolicyViews.history(ports, tenant, id);
          if (owned.versions().isEmpty()) {
            throw notFound(id);
          }
          ListRoutePolicyVersionsResponse.Builder all =
              ListRoutePolicyVersionsResponse.newBuilder();
          for (PolicyVersion version : owned.versions().reversed()) {
            all.addVersions(RoutePolicyViews.encode(owned.tenant(), id, version, false));
          }
          return all.build();
        });
  }

  @Override
  public void rollBackRoutePolicy(
      RollBackRoutePolicyRequest request, StreamObserver<RollBackRoutePolicyResponse> observer) {
    CallScope scope = CallScope.current();
    replies.send(
        observer,
        () -> {
          Caller caller = tenant(scope, request.getTenantId());
          String id = idOf(request.getPolicyId());
          PolicyVersion version =
              ports.policies().rollBack(caller, caller.tenant(), id, request.getVersion());
          return RollBackRoutePolicyResponse.newBuilder()
              .setPolicy(RoutePolicyViews.encode(caller.tenant(), id, version, false))
              .build();
        });
  }

  /// @param number 0 for the newest
  private static PolicyVersion version(RoutePolicyViews.Owned owned, String id, long number) {
    return owned.versions().reversed().stream()
        .filter(version -> number == 0 || version.number() == number)
        .findFirst()
        .orElseThrow(() -> notFound(id));
  }

  private static String idOf(String policyId) {
    return policyId.isEmpty() ? RoutePolicy.DEFAULT_ID : policyId;
  }

  private static RuntimeException notFound(String id) {
    return RoutingProblems.ROUTE_POLICY_NOT_FOUND
        .field("policy_id", id, "a policy of the tenant, and a version that is kept")
        .with("policy_id", id)
        .toException();
  }

  private Caller tenant(CallScope scope, String tenantId) {
    return ports.tenants().caller(scope.caller(), "tenant_id", tenantId);
  }
}

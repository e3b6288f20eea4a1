package dev.reeve.gateway.beamline;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.reeve.routing.PolicyVersion;
import dev.reeve.routing.RoutePolicy;
import dev.reeve.routing.RoutingProblems;
import java.util.List;

/// Routing policies with their versions, as callers see them.
final class RoutePolicyViews {
  private RoutePolicyViews() {}

  /// The policy that decides for a tenant under a name.
  ///
  /// @param policyId empty for the default one
  static RoutePolicy find(BeamlinePorts ports, String tenant, String policyId) {
    String id = policyId.isEmpty() ? RoutePolicy.DEFAULT_ID : policyId;
    return ports
        .policies()
        .current()
        .find(tenant, id)
        .orElseThrow(() ->
            RoutingProblems.ROUTE_POLICY_NOT_FOUND
                .field("policy_id", id, "a policy of the tenant")
                .with("policy_id", id)
                .toException());
  }

  /// A policy that names a tenant is put for that one alone.
  ///
  /// @throws dev.reeve.base.ProblemException `ROUTE_POLICY_INVALID`
  static void requireTenant(RoutePolicy policy, String tenant) {
    if (!policy.tenantId().isEmpty() && !policy.tenantId().equals(tenant)) {
      throw RoutingProblems.ROUTE_POLICY_INVALID
          .field("tenant_id", policy.tenantId(), tenant + ", for which it is put, or none")
          .toException();
    }
  }

  /// Versions, and whose they are.
  ///
  /// @param tenant empty for everybody
  /// @param versions ascending
  record Owned(String tenant, List<PolicyVersion> versions) {}

  /// The versions of what decides for a tenant under a name: its own while it has one or had one
  /// that nothing stands in for, else those for everybody.
  static Owned history(BeamlinePorts ports, String tenant, String policyId) {
    List<PolicyVersion> own = ports.policies().current().history(tenant, policyId);
    List<PolicyVersion> shared = ports.policies().current().history("", policyId);
    boolean holds = !own.isEmpty() && own.getLast().policy().isPresent();
    return holds || shared.isEmpty() ? new Owned(tenant, own) : new Owned("", shared);
  }

  static dev.reeve.wire.reeve.v1.RoutePolicy encode(
      String tenant, String policyId, PolicyVersion version, boolean whole) {
    dev.reeve.wire.reeve.v1.RoutePolicy.Builder wire =
        dev.reeve.wire.reeve.v1.RoutePolicy.newBuilder()
            .setTenantId(tenant)
            .setPolicyId(policyId)
            .setVersion(version.number())
            .setWrittenAt(Timestamps.fromMillis(version.changedAtMs()))
            .setWrittenBy(version.changedBy())
            .setNote(version.note())
            .setDeleted(version.policy().isEmpty());
    version
        .policy()
        .ifPresent(policy -> {
          wire.setSnapshot(policy.hash());
          if (whole) {
            wire.setDocument(ByteString.copyFromUtf8(policy.sourceJson()));
          }
        });
    return wire.build();
  }
}

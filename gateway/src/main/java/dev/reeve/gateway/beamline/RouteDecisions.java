package dev.reeve.gateway.beamline;

import com.google.protobuf.ByteString;
import dev.reeve.routing.RouteDecision;

/// Turns what the router decided into the message of the contract.
final class RouteDecisions {
  private RouteDecisions() {}

  static dev.reeve.wire.beamline.flow.v1.RouteDecision of(RouteDecision decision) {
    dev.reeve.wire.beamline.flow.v1.RouteDecision.Builder wire =
        dev.reeve.wire.beamline.flow.v1.RouteDecision.newBuilder()
            .setProviderId(decision.providerId())
            .setReason(decision.reason().wireName())
            .setPriority(decision.priority())
            .setExpectedLatencyMs(decision.expectedLatencyMs())
            .setExpectedCost(decision.expectedCost())
            .putAllMetadata(decision.metadata())
            .setPolicyId(decision.policyId())
            .setPolicyVersion(decision.policyVersion())
            .setPolicySnapshot(decision.policyHash())
            .setStickyKey(decision.stickyKey())
            .setExpiresAtMs(decision.pinExpiresAtMs())
            .setFallbackUsed(decision.fallbackUsed())
            .setProviderLabel(decision.providerLabel());
    decision
        .payload()
        .ifPresent(
            payload -> wire.setFinalPayload(ByteString.copyFromUtf8(RouteJson.text(payload))));
    return wire.build();
  }
}

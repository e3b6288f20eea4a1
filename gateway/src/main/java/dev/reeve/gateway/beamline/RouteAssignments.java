package dev.reeve.gateway.beamline;

import dev.reeve.gateway.beamline.worker.AssignmentOrder;
import dev.reeve.wire.beamline.flow.v1.Message;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;

/// What a decided request asks of the provider that was chosen.
final class RouteAssignments {
  private RouteAssignments() {}

  /// @param cause the same when the request comes again; empty for one that never does
  static AssignmentOrder order(
      RouteRequest request, RouteCall.Push push, RouteDecision decision, String cause) {
    Message message = request.getMessage();
    String requestId =
        request.getRequestId().isEmpty() ? message.getMessageId() : request.getRequestId();
    return new AssignmentOrder(
        push.subject(),
        message.getTenantId(),
        requestId,
        new AssignmentOrder.Task(message.getMessageType(), push.payloadRef(), push.payload()),
        new AssignmentOrder.Correlation(
            message.getTraceId(),
            message.getRunId(),
            message.getFlowId(),
            message.getStepId(),
            message.getSpanId(),
            request.getIdempotencyKey()),
        new AssignmentOrder.Choice(
            decision.getProviderId(),
            decision.getReason(),
            decision.getPriority(),
            decision.getExpectedLatencyMs(),
            decision.getExpectedCost(),
            decision.getMetadataMap(),
            decision.getPolicyId(),
            decision.getPolicyVersion()),
        push.options(),
        push.metadata(),
        request.getContextOrDefault("user_id", ""),
        "",
        cause);
  }
}

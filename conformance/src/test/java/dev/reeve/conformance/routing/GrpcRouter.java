package dev.reeve.conformance.routing;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import dev.reeve.wire.beamline.flow.v1.Message;
import dev.reeve.wire.beamline.flow.v1.RouteDecision;
import dev.reeve.wire.beamline.flow.v1.RouteRequest;
import dev.reeve.wire.beamline.flow.v1.RouterGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.Map;

/// Asks the router over gRPC: bare requests, given and answered as the JSON that they stand for; a
/// failure is `{ok: false, error: {code}}` with the codes that its status is for. Blocks.
final class GrpcRouter implements AutoCloseable {
  private static final Map<Status.Code, String> CODES =
      Map.of(
          Status.Code.INTERNAL, "decision_failed",
          Status.Code.NOT_FOUND, "policy_not_found",
          Status.Code.RESOURCE_EXHAUSTED, "rate_limit_exceeded");

  private final ManagedChannel channel;
  private final RouterGrpc.RouterBlockingStub router;

  GrpcRouter(String address) {
    channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    router = RouterGrpc.newBlockingStub(channel);
  }

  JsonObject ask(JsonObject line) {
    JsonObject message = line.getAsJsonObject("message");
    RouteRequest.Builder request =
        RouteRequest.newBuilder()
            .setMessage(
                Message.newBuilder()
                    .setMessageId(message.get("message_id").getAsString())
                    .setTenantId(message.get("tenant_id").getAsString())
                    .setMessageType(message.get("message_type").getAsString())
                    .setPayload(ByteString.copyFromUtf8(message.get("payload").getAsString())));
    if (line.has("policy_id")) {
      request.setPolicyId(line.get("policy_id").getAsString());
    }
    if (line.has("context")) {
      for (var member : line.getAsJsonObject("context").entrySet()) {
        request.putContext(member.getKey(), member.getValue().getAsString());
      }
    }
    try {
      return json(router.decide(request.build()));
    } catch (StatusRuntimeException e) {
      return json(e.getStatus());
    }
  }

  private static JsonObject json(RouteDecision decision) {
    JsonObject json = new JsonObject();
    json.addProperty("provider_id", decision.getProviderId());
    json.addProperty("reason", decision.getReason());
    json.addProperty("priority", decision.getPriority());
    JsonObject metadata = new JsonObject();
    decision.getMetadataMap().forEach(metadata::addProperty);
    json.add("metadata", metadata);
    return json;
  }

  private static JsonObject json(Status status) {
    JsonObject error = new JsonObject();
    error.addProperty("code", CODES.getOrDefault(status.getCode(), status.toString()));
    JsonObject json = new JsonObject();
    json.addProperty("ok", false);
    json.add("error", error);
    return json;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

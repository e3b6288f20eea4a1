package dev.reeve.gateway.node;

import dev.reeve.gateway.remote.BearerKey;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/// Lets in who shows the key of the node.
final class NodeKey implements ServerInterceptor {
  private final BearerKey key;

  NodeKey(BearerKey key) {
    this.key = key;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (key.isShownBy(headers)) {
      return next.startCall(call, headers);
    }
    call.close(
        Status.UNAUTHENTICATED.withDescription("authorization (expected: the key of this node)"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}

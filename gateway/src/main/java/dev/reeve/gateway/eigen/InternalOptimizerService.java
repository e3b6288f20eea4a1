package dev.reeve.gateway.eigen;

import dev.reeve.gateway.Replies;
import dev.reeve.wire.eigen.internal.v1.OptimizerServiceGrpc;
import dev.reeve.wire.eigen.internal.v1.OptimizerServiceOptimizeCircuitRequest;
import dev.reeve.wire.eigen.internal.v1.OptimizerServiceOptimizeCircuitResponse;
import io.grpc.stub.StreamObserver;

/// `eigen.internal.v1.OptimizerService`.
final class InternalOptimizerService implements OptimizerServiceGrpc.AsyncService {
  private final OptimizerCalls calls;
  private final Replies replies;

  InternalOptimizerService(OptimizerCalls calls, Replies replies) {
    this.calls = calls;
    this.replies = replies;
  }

  @Override
  public void optimizeCircuit(
      OptimizerServiceOptimizeCircuitRequest request,
      StreamObserver<OptimizerServiceOptimizeCircuitResponse> observer) {
    replies.reply(observer, () -> calls.optimize(request), response -> response);
  }
}

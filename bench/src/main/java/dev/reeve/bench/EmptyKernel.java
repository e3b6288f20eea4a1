package dev.reeve.bench;

import dev.reeve.wire.cordum.agent.v1.DecisionType;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// What `SafetyKernel.Check` could do at best here: the same messages by the same transport, in a
/// process of its own like the product's, and a handler that does nothing but answer.
final class EmptyKernel {
  private EmptyKernel() {}

  static ChildServer start() throws IOException {
    return ChildServer.start(EmptyKernel.class);
  }

  /// Serves until it is ended.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PolicyCheckResponse answer =
        PolicyCheckResponse.newBuilder()
            .setDecision(DecisionType.DECISION_TYPE_DENY)
            .setReason("no rule matched and the default is deny")
            .setPolicySnapshot("sha256:" + "0".repeat(64))
            .setRuleId("rule-000")
            .build();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .addService(
                new SafetyKernelGrpc.SafetyKernelImplBase() {
                  @Override
                  public void check(
                      PolicyCheckRequest request, StreamObserver<PolicyCheckResponse> observer) {
                    observer.onNext(answer);
                    observer.onCompleted();
                  }
                })
            .build()
            .start();
    ChildServer.announce(server.getPort());
    server.awaitTermination();
  }
}

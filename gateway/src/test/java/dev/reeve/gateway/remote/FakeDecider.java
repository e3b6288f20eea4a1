package dev.reeve.gateway.remote;

import dev.reeve.wire.cordum.agent.v1.PolicyCheckRequest;
import dev.reeve.wire.cordum.agent.v1.PolicyCheckResponse;
import dev.reeve.wire.cordum.agent.v1.SafetyKernelGrpc;
import dev.reeve.wire.cordum.v1.OutputCheckRequest;
import dev.reeve.wire.cordum.v1.OutputCheckResponse;
import dev.reeve.wire.cordum.v1.OutputPolicyServiceGrpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A server of the two services of the contract that answers, fails or is silent as it is told.
final class FakeDecider implements AutoCloseable {
  final List<PolicyCheckRequest> policyAsked = new CopyOnWriteArrayList<>();
  final List<OutputCheckRequest> outputAsked = new CopyOnWriteArrayList<>();

  private final Server server;
  private volatile PolicyCheckResponse policyAnswer = PolicyCheckResponse.getDefaultInstance();
  private volatile OutputCheckResponse outputAnswer = OutputCheckResponse.getDefaultInstance();
  private volatile Status failure = Status.OK;
  private volatile boolean silent;

  private FakeDecider(int port, @Nullable SslContext tls) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .maxInboundMessageSize(8 * 1024 * 1024)
            .addService(new Kernel())
            .addService(new OutputPolicy());
    if (tls != null) {
      builder.sslContext(tls);
    }
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FakeDecider start() {
    return new FakeDecider(0, null);
  }

  static FakeDecider startOn(int port) {
    return new FakeDecider(port, null);
  }

  static FakeDecider start(SslContext tls) {
    return new FakeDecider(0, tls);
  }

  int port() {
    return server.getPort();
  }

  RemoteTarget target() {
    return new RemoteTarget("127.0.0.1", port(), new RemoteTarget.Security.Plaintext());
  }

  void answers(PolicyCheckResponse answer) {
    policyAnswer = answer;
    failure = Status.OK;
    silent = false;
  }

  void answers(OutputCheckResponse answer) {
    outputAnswer = answer;
    failure = Status.OK;
    silent = false;
  }

  void fails(Status status) {
    failure = status;
  }

  void isSilent() {
    silent = true;
  }

  private <T> void reply(StreamObserver<T> observer, T answer) {
    if (silent) {
      return;
    }
    if (!failure.isOk()) {
      observer.onError(failure.asException());
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Kernel extends SafetyKernelGrpc.SafetyKernelImplBase {
    @Override
    public void check(PolicyCheckRequest request, StreamObserver<PolicyCheckResponse> observer) {
      policyAsked.add(request);
      reply(observer, policyAnswer);
    }
  }

  private final class OutputPolicy extends OutputPolicyServiceGrpc.OutputPolicyServiceImplBase {
    @Override
    public void checkOutput(
        OutputCheckRequest request, StreamObserver<OutputCheckResponse> observer) {
      outputAsked.add(request);
      reply(observer, outputAnswer);
    }
  }
}

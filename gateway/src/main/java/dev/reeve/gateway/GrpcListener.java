package dev.reeve.gateway;

import dev.reeve.base.ProblemException;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One gRPC port: the services, health and reflection, all behind the chain.
final class GrpcListener implements AutoCloseable {
  private static final Duration KEEPALIVE = Duration.ofSeconds(60);
  private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration KEEPALIVE_PERMITTED = Duration.ofSeconds(10);
  private static final int STREAMS_PER_CONNECTION_MAX = 20_000;

  private final Server server;

  private GrpcListener(Server server) {
    this.server = server;
  }

  /// Binds and accepts calls.
  ///
  /// @throws ProblemException `PORT_TAKEN`
  static GrpcListener start(
      GatewayConfig config,
      InetSocketAddress address,
      List<ServerServiceDefinition> services,
      Served served) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .directExecutor()
            .callExecutor(served.executors())
            .maxInboundMessageSize(config.messageBytesMax())
            .maxInboundMetadataSize(config.headerBytesMax())
            .maxConcurrentCallsPerConnection(STREAMS_PER_CONNECTION_MAX)
            .keepAliveTime(KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
            .keepAliveTimeout(KEEPALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveTime(KEEPALIVE_PERMITTED.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .intercept(served.chain())
            .addTransportFilter(Peer.atConnection())
            .addService(ReadableRequests.of(served.health().bindService()))
            .addService(ReadableRequests.of(ProtoReflectionServiceV1.newInstance().bindService()))
            .addService(ReadableRequests.of(ReflectionV1Alpha.service().bindService()))
            .fallbackHandlerRegistry(served.notYet());
    services.forEach(builder::addService);
    try {
      return new GrpcListener(builder.build().start());
    } catch (IOException e) {
      throw ListenAddress.taken(address.getHostString(), address.getPort(), e);
    }
  }

  int port() {
    return server.getPort();
  }

  Server server() {
    return server;
  }

  /// Stops accepting and tells clients to go elsewhere; calls in progress go on.
  void stop() {
    server.shutdown();
  }

  /// Waits for calls in progress. After [#stop].
  ///
  /// @return whether all have ended
  boolean awaitEnd(long untilNanos) throws InterruptedException {
    return server.awaitTermination(untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /// Ends everything at once.
  @Override
  public void close() {
    server.shutdownNow();
    try {
      boolean _ = server.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

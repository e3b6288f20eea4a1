package dev.reeve.gateway;

import dev.reeve.base.ProblemException;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
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
  private final Duration drain;

  private GrpcListener(Server server, Duration drain) {
    this.server = server;
    this.drain = drain;
  }

  /// Binds and accepts calls.
  ///
  /// @throws ProblemException `LISTEN_REFUSED` or `PORT_TAKEN`
  static GrpcListener start(
      GatewayConfig config,
      int port,
      List<ServerServiceDefinition> services,
      BindableService health,
      NotYetMethods notYet,
      GovernedChain chain,
      CallExecutors executors) {
    InetSocketAddress address = address(config.host(), port);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .directExecutor()
            .callExecutor(executors)
            .maxInboundMessageSize(config.messageBytesMax())
            .maxInboundMetadataSize(config.headerBytesMax())
            .maxConcurrentCallsPerConnection(STREAMS_PER_CONNECTION_MAX)
            .keepAliveTime(KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
            .keepAliveTimeout(KEEPALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveTime(KEEPALIVE_PERMITTED.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .intercept(chain)
            .addService(health)
            .addService(ProtoReflectionServiceV1.newInstance())
            .addService(ReflectionV1Alpha.service())
            .fallbackHandlerRegistry(notYet);
    services.forEach(builder::addService);
    try {
      return new GrpcListener(builder.build().start(), config.drain());
    } catch (IOException e) {
      throw GatewayProblems.PORT_TAKEN
          .because("port: " + port + " on " + config.host() + " (expected: a free one)")
          .withDetail(String.valueOf(e.getMessage()))
          .toException();
    }
  }

  int port() {
    return server.getPort();
  }

  Server server() {
    return server;
  }

  /// Stops accepting, tells clients to go elsewhere, waits for calls in progress, then ends them.
  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
        server.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static InetSocketAddress address(String host, int port) {
    try {
      InetAddress inet = InetAddress.getByName(host);
      if (!inet.isLoopbackAddress()) {
        throw GatewayProblems.LISTEN_REFUSED
            .because(
                "host: "
                    + host
                    + " (expected: a loopback address such as 127.0.0.1, because no credentials are"
                    + " set up)")
            .toException();
      }
      return new InetSocketAddress(inet, port);
    } catch (UnknownHostException e) {
      throw GatewayProblems.LISTEN_REFUSED
          .because("host: " + host + " (expected: an address of this machine)")
          .toException();
    }
  }
}

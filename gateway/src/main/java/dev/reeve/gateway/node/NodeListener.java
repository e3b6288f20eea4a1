package dev.reeve.gateway.node;

import dev.reeve.gateway.GatewayProblems;
import dev.reeve.gateway.remote.BearerKey;
import dev.reeve.service.node.SimulatorNode;
import dev.reeve.wire.eigen.internal.v1.DriverManagerServiceGrpc;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// The port of a node.
public final class NodeListener implements AutoCloseable {
  /// The longest program, and room for the rest of a request.
  private static final int REQUEST_BYTES_MAX = 9 * 1024 * 1024;

  private static final int CALLS_PER_CONNECTION_MAX = 256;
  private static final long KEEPALIVE_PERMITTED_SECONDS = 10;

  private final Server server;
  private final String host;

  private NodeListener(Server server, String host) {
    this.server = server;
    this.host = host;
  }

  /// Binds and accepts calls.
  ///
  /// @param host loopback unless there is a key
  /// @param port 0 for a free one
  /// @param key that servers must show; empty for none
  /// @param runs computes, and rejects what is too much
  /// @throws dev.reeve.base.ProblemException `LISTEN_REFUSED`, `PORT_TAKEN`
  public static NodeListener start(
      String host, int port, Optional<BearerKey> key, SimulatorNode node, Executor runs) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address(host, port, key.isPresent()))
            .directExecutor()
            .maxInboundMessageSize(REQUEST_BYTES_MAX)
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION_MAX)
            .permitKeepAliveTime(KEEPALIVE_PERMITTED_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(DriverManagerServiceGrpc.bindService(new NodeService(node, runs)));
    key.ifPresent(secret -> builder.intercept(new NodeKey(secret)));
    try {
      return new NodeListener(builder.build().start(), host);
    } catch (IOException e) {
      throw GatewayProblems.PORT_TAKEN
          .because(
              "port: %s:%d (expected: one that is free; %s)".formatted(host, port, e.getMessage()))
          .toException();
    }
  }

  private static InetSocketAddress address(String host, int port, boolean hasKey) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isLoopbackAddress() || hasKey) {
        return new InetSocketAddress(address, port);
      }
    } catch (UnknownHostException e) {
      throw refusal(host, "an address of this machine");
    }
    throw refusal(host, "a loopback address such as 127.0.0.1, or --key-file beside it");
  }

  private static RuntimeException refusal(String host, String expected) {
    return GatewayProblems.LISTEN_REFUSED
        .because("host: " + host + " (expected: " + expected + ")")
        .toException();
  }

  /// `HOST:PORT`.
  public String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + server.getPort();
  }

  /// Ends all calls.
  @Override
  public void close() {
    server.shutdownNow();
  }
}

package dev.reeve.gateway;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.GracefulShutdown;
import com.linecorp.armeria.server.Server;
import dev.reeve.base.ProblemException;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The HTTP port, HTTP/1.1 and HTTP/2 by prior knowledge without TLS, with its bounds.
final class HttpListener implements AutoCloseable {
  private static final Duration BODY_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
  private static final int CONNECTIONS_MAX = 20_000;
  private static final int STREAMS_PER_CONNECTION_MAX = 1_000;
  private static final int LINE_BYTES_MAX = 4 * 1024;

  private final Server server;

  private HttpListener(Server server) {
    this.server = server;
  }

  /// Binds and accepts requests.
  ///
  /// @throws ProblemException `LISTEN_REFUSED` or `PORT_TAKEN`
  static HttpListener start(GatewayConfig config, HttpEdge edge, HttpLoops loops) {
    InetSocketAddress address = ListenAddress.of(config, config.httpPort());
    Server server =
        Server.builder()
            .port(address, SessionProtocol.HTTP)
            .workerGroup(loops.group(), false)
            .maxNumConnections(CONNECTIONS_MAX)
            .http2MaxStreamsPerConnection(STREAMS_PER_CONNECTION_MAX)
            .http1MaxInitialLineLength(LINE_BYTES_MAX)
            .http1MaxHeaderSize(config.headerBytesMax())
            .http2MaxHeaderListSize(config.headerBytesMax())
            .idleTimeout(IDLE_TIMEOUT)
            .requestTimeout(BODY_TIMEOUT)
            .maxRequestLength(config.messageBytesMax())
            .gracefulShutdown(
                GracefulShutdown.builder()
                    .quietPeriod(Duration.ZERO)
                    .timeout(config.drain())
                    .build())
            .disableServerHeader()
            .childChannelPipelineCustomizer(HttpListener::customize)
            .errorHandler(new HttpErrors())
            .serviceUnder("/", edge)
            .build();
    try {
      server.start().join();
    } catch (CompletionException e) {
      throw ListenAddress.taken(config.host(), config.httpPort(), e);
    }
    return new HttpListener(server);
  }

  /// An answer is flushed twice, after its head and after its body. Both leave together when it is
  /// given while its request is read. One given later leaves in two, because the web server asks
  /// for the body only once the head has left.
  private static void customize(ChannelPipeline pipeline) {
    pipeline.addFirst(new FlushConsolidationHandler(2, true), new UpgradeIgnored());
  }

  int port() {
    return server.activeLocalPort();
  }

  /// Stops accepting; completes when the requests in progress have ended or the drain time is over.
  CompletableFuture<Void> stop() {
    return server.stop();
  }

  @Override
  public void close() {
    stop().join();
  }
}

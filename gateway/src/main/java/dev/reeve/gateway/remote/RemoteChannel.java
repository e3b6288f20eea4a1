package dev.reeve.gateway.remote;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// The connection to another server: opened at once, opened again when it is lost.
final class RemoteChannel implements AutoCloseable {
  private static final Duration KEEPALIVE = Duration.ofSeconds(30);
  private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(10);
  private static final int ANSWER_BYTES_MAX = 1024 * 1024;

  private final ManagedChannel channel;

  private RemoteChannel(ManagedChannel channel) {
    this.channel = channel;
  }

  /// @throws dev.reeve.base.ProblemException `REMOTE_TLS_UNUSABLE`
  static RemoteChannel open(RemoteTarget target) {
    return open(target, ANSWER_BYTES_MAX);
  }

  /// @param answerBytesMax the largest answer that is taken
  /// @throws dev.reeve.base.ProblemException `REMOTE_TLS_UNUSABLE`
  static RemoteChannel open(RemoteTarget target, int answerBytesMax) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(target.host(), target.port())
            .keepAliveTime(KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
            .keepAliveTimeout(KEEPALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
            .maxInboundMessageSize(answerBytesMax)
            .disableRetry();
    switch (target.security()) {
      case RemoteTarget.Security.Plaintext _ -> builder.usePlaintext();
      case RemoteTarget.Security.Tls tls -> builder.sslContext(context(target, tls));
    }
    ManagedChannel channel = builder.build();
    ConnectivityState _ = channel.getState(true);
    return new RemoteChannel(channel);
  }

  /// For one call. Between attempts to connect, a lost connection is tried again now and not when
  /// its own growing pauses allow: who asks has a time limit and a circuit breaker of its own.
  ManagedChannel forCall() {
    if (channel.getState(true) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.resetConnectBackoff();
    }
    return channel;
  }

  private static SslContext context(RemoteTarget target, RemoteTarget.Security.Tls tls) {
    try {
      SslContextBuilder builder = GrpcSslContexts.forClient();
      tls.authorities().ifPresent(file -> builder.trustManager(file.toFile()));
      tls.own().ifPresent(own -> builder.keyManager(file(own.certificates()), file(own.key())));
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw RemoteProblems.REMOTE_TLS_UNUSABLE
          .because("TLS for " + target.address() + ": " + reason(e))
          .toException();
    }
  }

  private static File file(java.nio.file.Path path) {
    return path.toFile();
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return e.getMessage() + (cause.equals(e) ? "" : " (" + cause.getMessage() + ")");
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

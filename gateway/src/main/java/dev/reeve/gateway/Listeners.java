package dev.reeve.gateway;

import dev.reeve.base.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Every port, and the way from HTTP to the services.
final class Listeners {
  private final LocalChannel local;
  private final GrpcListener grpc;
  private final Optional<GrpcListener> internal;
  private final HttpListener http;

  private Listeners(
      LocalChannel local, GrpcListener grpc, Optional<GrpcListener> internal, HttpListener http) {
    this.local = local;
    this.grpc = grpc;
    this.internal = internal;
    this.http = http;
  }

  /// What answers HTTP once there is a channel to the services.
  @FunctionalInterface
  interface EdgeFactory {
    HttpEdge over(LocalChannel local);
  }

  /// Binds all or none.
  ///
  /// @throws ProblemException `LISTEN_REFUSED` or `PORT_TAKEN`
  static Listeners start(GatewayConfig config, Served served, EdgeFactory edge) {
    List<Runnable> undo = new ArrayList<>();
    try {
      LocalChannel local = LocalChannel.start(served);
      undo.add(local::close);
      GrpcListener grpc = GrpcListener.start(config, config.grpcPort(), served.open(), served);
      undo.add(grpc::close);
      Optional<GrpcListener> internal =
          config
              .internalPort()
              .map(port -> GrpcListener.start(config, port, served.inner(), served));
      internal.ifPresent(listener -> undo.add(listener::close));
      HttpListener http = HttpListener.start(config, edge.over(local));
      return new Listeners(local, grpc, internal, http);
    } catch (ProblemException e) {
      undo.reversed().forEach(Runnable::run);
      throw e;
    }
  }

  GrpcListener grpc() {
    return grpc;
  }

  Optional<GrpcListener> internal() {
    return internal;
  }

  HttpListener http() {
    return http;
  }

  /// Stops accepting on every port, tells clients to go elsewhere, and waits for what is in
  /// progress.
  ///
  /// @param grace when streams are ended that did not end by themselves
  /// @param drain when everything is ended
  /// @param endStreams ends the streams in progress
  void stop(Duration grace, Duration drain, Runnable endStreams) {
    long start = System.nanoTime();
    long end = start + drain.toNanos();
    CompletableFuture<Void> httpEnded = http.stop();
    grpc.stop();
    internal.ifPresent(GrpcListener::stop);
    try {
      boolean _ = grpc.awaitEnd(Math.min(end, start + grace.toNanos()));
      endStreams.run();
      boolean _ = grpc.awaitEnd(end);
      if (internal.isPresent()) {
        boolean _ = internal.get().awaitEnd(end);
      }
      awaitEnd(httpEnded, end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      grpc.close();
      internal.ifPresent(GrpcListener::close);
      local.close();
    }
  }

  private static void awaitEnd(CompletableFuture<Void> ended, long untilNanos)
      throws InterruptedException {
    try {
      Void _ = ended.get(Math.max(1, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The listener ends by itself; the process does not wait for it.
      boolean _ = ended.cancel(false);
    }
  }
}

package dev.reeve.gateway;

import dev.reeve.base.ProblemException;
import io.grpc.Server;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Every port, and the way from HTTP to the services.
final class Listeners {
  private final LocalChannel local;
  private final GrpcListener grpc;
  private final Optional<GrpcListener> internal;
  private final Map<String, GrpcListener> extra;
  private final HttpListener http;
  private final HttpEdge edge;

  private Listeners(
      LocalChannel local,
      GrpcListener grpc,
      Optional<GrpcListener> internal,
      Map<String, GrpcListener> extra,
      HttpListener http,
      HttpEdge edge) {
    this.local = local;
    this.grpc = grpc;
    this.internal = internal;
    this.extra = extra;
    this.http = http;
    this.edge = edge;
  }

  /// What answers HTTP once there is a channel to the services.
  @FunctionalInterface
  interface EdgeFactory {
    HttpEdge over(LocalChannel local);
  }

  /// Binds all or none.
  ///
  /// @throws ProblemException `LISTEN_REFUSED` or `PORT_TAKEN`
  static Listeners start(GatewayConfig config, Served served, HttpLoops loops, EdgeFactory edge) {
    List<Runnable> undo = new ArrayList<>();
    try {
      LocalChannel local = LocalChannel.start(served);
      undo.add(local::close);
      GrpcListener grpc =
          GrpcListener.start(
              config, ListenAddress.of(config, config.grpcPort()), served.open(), served);
      undo.add(grpc::close);
      Optional<GrpcListener> internal =
          config
              .internalPort()
              .map(port ->
                  GrpcListener.start(
                      config, ListenAddress.of(config, port), served.inner(), served));
      internal.ifPresent(listener -> undo.add(listener::close));
      Map<String, GrpcListener> extra = startExtra(config, grpc, served, undo);
      HttpEdge paths = edge.over(local);
      HttpListener http = HttpListener.start(config, paths, loops);
      return new Listeners(local, grpc, internal, extra, http, paths);
    } catch (ProblemException e) {
      undo.reversed().forEach(Runnable::run);
      throw e;
    }
  }

  /// Binds the further ports. One that is where another listens already is that one.
  private static Map<String, GrpcListener> startExtra(
      GatewayConfig config, GrpcListener grpc, Served served, List<Runnable> undo) {
    Map<InetSocketAddress, GrpcListener> bound = new HashMap<>();
    bound.put(ListenAddress.of(config, grpc.port()), grpc);
    Map<String, GrpcListener> extra = new LinkedHashMap<>();
    for (ExtraListener wanted : config.extra()) {
      InetSocketAddress address = ListenAddress.of(config, wanted);
      GrpcListener listener = bound.get(address);
      if (listener == null) {
        listener = GrpcListener.start(config, address, served.open(), served);
        undo.add(listener::close);
        bound.put(new InetSocketAddress(address.getAddress(), listener.port()), listener);
      }
      extra.put(wanted.name(), listener);
    }
    return extra;
  }

  /// The further gRPC ports by name; one of them may be that of [#grpc].
  Map<String, GrpcListener> extra() {
    return extra;
  }

  /// Every gRPC port once.
  private Set<GrpcListener> everyGrpc() {
    Set<GrpcListener> every = new LinkedHashSet<>();
    every.add(grpc);
    internal.ifPresent(every::add);
    every.addAll(extra.values());
    return every;
  }

  /// The gRPC servers of every port, and the one behind HTTP.
  List<Server> servers() {
    List<Server> servers = new ArrayList<>();
    everyGrpc().forEach(listener -> servers.add(listener.server()));
    servers.add(local.server());
    return servers;
  }

  /// What answers HTTP.
  HttpEdge edge() {
    return edge;
  }

  LocalChannel local() {
    return local;
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
    Set<GrpcListener> every = everyGrpc();
    every.forEach(GrpcListener::stop);
    try {
      for (GrpcListener listener : every) {
        boolean _ = listener.awaitEnd(Math.min(end, start + grace.toNanos()));
      }
      endStreams.run();
      for (GrpcListener listener : every) {
        boolean _ = listener.awaitEnd(end);
      }
      awaitEnd(httpEnded, end);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      every.forEach(GrpcListener::close);
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

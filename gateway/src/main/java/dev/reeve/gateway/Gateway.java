package dev.reeve.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.reeve.base.ProblemException;
import dev.reeve.service.RegisteredAction;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// All listeners with the chain in front of them. Started by the composition root; serves until
/// closed.
public final class Gateway implements AutoCloseable {
  /// How long streams may still end by themselves once a stop began.
  private static final Duration STREAM_GRACE = Duration.ofMillis(500);

  private final GatewayConfig config;
  private final Served served;
  private final HealthStatusManager health;
  private final Listeners listeners;
  private final AtomicBoolean stopping;
  private final Runnable closed;

  @GuardedBy("this")
  private ServingStatus told = ServingStatus.UNKNOWN;

  private Gateway(
      GatewayConfig config,
      Served served,
      HealthStatusManager health,
      Listeners listeners,
      AtomicBoolean stopping,
      Runnable closed) {
    this.closed = closed;
    this.config = config;
    this.served = served;
    this.health = health;
    this.listeners = listeners;
    this.stopping = stopping;
  }

  /// The same with event loops of its own.
  static Gateway start(
      GatewayConfig config,
      GatewayServices services,
      List<Dialect> dialects,
      List<HttpApi.Factory> apis,
      HealthView healthView) {
    HttpLoops own = HttpLoops.create();
    try {
      return start(config, services, dialects, apis, healthView, own, own::close);
    } catch (ProblemException e) {
      own.close();
      throw e;
    }
  }

  /// Binds every listener and accepts calls.
  ///
  /// @param apis further paths of the HTTP port
  /// @param loops carry its connections; not closed
  /// @throws dev.reeve.base.ProblemException `LISTEN_REFUSED` or `PORT_TAKEN`; nothing listens then
  public static Gateway start(
      GatewayConfig config,
      GatewayServices services,
      List<Dialect> dialects,
      List<HttpApi.Factory> apis,
      HealthView healthView,
      HttpLoops loops) {
    return start(config, services, dialects, apis, healthView, loops, () -> {});
  }

  private static Gateway start(
      GatewayConfig config,
      GatewayServices services,
      List<Dialect> dialects,
      List<HttpApi.Factory> apis,
      HealthView healthView,
      HttpLoops loops,
      Runnable closed) {
    HealthStatusManager health = new HealthStatusManager();
    Served served = served(config, services, dialects, health);
    AtomicBoolean stopping = new AtomicBoolean();
    ServerMetrics metrics = served.chain().metrics(services.writer());
    Listeners listeners =
        Listeners.start(
            config,
            served,
            loops,
            local ->
                new HttpEdge(
                    new BrowserGuard(config.host(), config.credentials().fromEverybody()),
                    new HttpDoor(config.credentials(), services.clock(), served),
                    new HealthPage(healthView, stopping::get),
                    new MetricsPage(
                        metrics,
                        new DeciderMetrics(healthView),
                        new BusMetrics(healthView),
                        served.chain().routerMetrics(healthView),
                        new ShadowMetrics(services.rules().shadows()),
                        new CountMetrics(healthView)),
                    served.jsonMethods(),
                    new JsonCalls(local.channel(), services.blocking()),
                    apis.stream()
                        .map(api -> api.over(local.channel(), services.blocking()))
                        .toList(),
                    new GenomeHeaders(services.governance())));
    Gateway gateway = new Gateway(config, served, health, listeners, stopping, closed);
    gateway.serving(true);
    return gateway;
  }

  private static Served served(
      GatewayConfig config,
      GatewayServices services,
      List<Dialect> dialects,
      HealthStatusManager health) {
    List<ServerServiceDefinition> open =
        dialects.stream()
            .flatMap(dialect -> dialect.services().stream())
            .map(ReadableRequests::of)
            .toList();
    List<ServerServiceDefinition> inner =
        dialects.stream()
            .flatMap(dialect -> dialect.internalServices().stream())
            .map(ReadableRequests::of)
            .toList();
    NotYetMethods notYet = NotYetMethods.except(methods(List.of(open, inner)));
    ActionRegistry registry = new ActionRegistry(dialects, notYet);
    GovernedChain chain = GovernedChain.of(config, services, registry);
    ActionGate gate =
        new ActionGate(registry, services.tokens(), services.gate(), chain.receipts());
    return new Served(
        open.stream().map(gate::guard).toList(),
        inner.stream().map(gate::guard).toList(),
        health.getHealthService(),
        notYet,
        registry,
        chain,
        new CallExecutors(registry, services.blocking(), config.blockingCallsMax()));
  }

  /// Every action that these dialects register, and those of health, reflection and what is not
  /// built yet.
  public static Collection<RegisteredAction> actions(List<Dialect> dialects) {
    return new ActionRegistry(dialects, NotYetMethods.except(Set.of())).actions();
  }

  /// The port of the public gRPC listener.
  public int grpcPort() {
    return listeners.grpc().port();
  }

  /// The port of the HTTP listener.
  public int httpPort() {
    return listeners.http().port();
  }

  /// The port of the internal gRPC listener, if there is one.
  public OptionalInt internalPort() {
    return listeners.internal().stream().mapToInt(GrpcListener::port).findFirst();
  }

  /// The ports of the further listeners by name.
  public Map<String, Integer> extraPorts() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    listeners.extra().forEach((name, listener) -> ports.put(name, listener.port()));
    return ports;
  }

  /// Everything that answers.
  Listeners listeners() {
    return listeners;
  }

  /// What the listeners have in common.
  Served served() {
    return served;
  }

  /// How messages of the bus call the public services.
  public BusCalls busCalls() {
    return new BusCalls(listeners.local().channel());
  }

  /// Calls in progress.
  public int inProgress() {
    return served.chain().inProgress();
  }

  /// What gRPC health answers, for the server and for each service. Called several times a second,
  /// so it does nothing where nothing has changed.
  public synchronized void serving(boolean serving) {
    ServingStatus status = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    if (status == told) {
      return;
    }
    told = status;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    served.serviceNames().forEach(service -> health.setStatus(service, status));
  }

  /// Ends the streams whose key was taken back or is over. Called several times a second.
  public void endStreamsOfLostKeys() {
    served.chain().endStreamsOfLostKeys();
  }

  /// Writes the counted receipts of the minutes that are over. Called every few seconds.
  public void flushReceipts() {
    served.chain().receipts().flush();
  }

  /// Stops in order: health says so, nothing new is accepted, streams are ended so that their
  /// readers resume elsewhere, other calls get the drain time. Idempotent; blocks.
  @Override
  public void close() {
    if (stopping.getAndSet(true)) {
      return;
    }
    health.enterTerminalState();
    listeners.stop(STREAM_GRACE, config.drain(), served.chain()::endStreams);
    served.chain().receipts().flushAll();
    closed.run();
  }

  private static Set<String> methods(List<List<ServerServiceDefinition>> sides) {
    Set<String> methods = new HashSet<>();
    for (List<ServerServiceDefinition> side : sides) {
      for (ServerServiceDefinition service : side) {
        for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
          methods.add(method.getMethodDescriptor().getFullMethodName());
        }
      }
    }
    return methods;
  }
}

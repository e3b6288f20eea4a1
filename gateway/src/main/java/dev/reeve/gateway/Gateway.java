package dev.reeve.gateway;

import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// All listeners with the chain in front of them. Started by the composition root; serves until
/// closed.
public final class Gateway implements AutoCloseable {
  private final GrpcListener grpc;
  private final Optional<GrpcListener> internal;
  private final HealthStatusManager health;
  private final List<String> services;
  private final ReceiptStation receipts;
  private final LimitsStation limits;
  private final CallMetrics metrics;

  private Gateway(
      GrpcListener grpc,
      Optional<GrpcListener> internal,
      HealthStatusManager health,
      List<String> services,
      ReceiptStation receipts,
      LimitsStation limits,
      CallMetrics metrics) {
    this.grpc = grpc;
    this.internal = internal;
    this.health = health;
    this.services = services;
    this.receipts = receipts;
    this.limits = limits;
    this.metrics = metrics;
  }

  /// Binds every listener and accepts calls.
  ///
  /// @throws dev.reeve.base.ProblemException `LISTEN_REFUSED` or `PORT_TAKEN`; nothing listens then
  public static Gateway start(
      GatewayConfig config, GatewayServices services, List<Dialect> dialects) {
    List<ServerServiceDefinition> open =
        dialects.stream().flatMap(dialect -> dialect.services().stream()).toList();
    List<ServerServiceDefinition> inner =
        dialects.stream().flatMap(dialect -> dialect.internalServices().stream()).toList();
    NotYetMethods notYet = NotYetMethods.except(methods(open, inner));
    ActionRegistry registry = new ActionRegistry(dialects, notYet);
    LimitsStation limits = new LimitsStation(config.callsMax());
    ReceiptStation receipts = new ReceiptStation(services.writer(), services.clock());
    CallMetrics metrics = new CallMetrics();
    GovernedChain chain =
        new GovernedChain(
            registry,
            limits,
            OutgoingStation.NO_RULES,
            OutgoingStation.NO_RULES,
            receipts,
            metrics);
    CallExecutors executors =
        new CallExecutors(registry, services.blocking(), config.blockingCallsMax());
    HealthStatusManager health = new HealthStatusManager();
    GrpcListener grpc =
        GrpcListener.start(
            config, config.grpcPort(), open, health.getHealthService(), notYet, chain, executors);
    Optional<GrpcListener> internal =
        config
            .internalPort()
            .map(port ->
                GrpcListener.start(
                    config, port, inner, health.getHealthService(), notYet, chain, executors));
    List<String> names = new ArrayList<>();
    open.forEach(service -> names.add(service.getServiceDescriptor().getName()));
    Gateway gateway = new Gateway(grpc, internal, health, names, receipts, limits, metrics);
    gateway.serving(true);
    return gateway;
  }

  public int grpcPort() {
    return grpc.port();
  }

  public OptionalInt internalPort() {
    return internal.isPresent() ? OptionalInt.of(internal.get().port()) : OptionalInt.empty();
  }

  /// Calls in progress.
  public int inProgress() {
    return limits.inProgress();
  }

  /// What health answers, for the server and for each service.
  public void serving(boolean serving) {
    ServingStatus status = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    services.forEach(service -> health.setStatus(service, status));
  }

  /// Writes the counted receipts of the minutes that are over. Called every few seconds.
  public void flushReceipts() {
    receipts.flush();
  }

  /// Stops accepting, lets calls in progress end within the drain time, then ends them.
  @Override
  public void close() {
    health.enterTerminalState();
    receipts.flushAll();
    internal.ifPresent(GrpcListener::close);
    grpc.close();
  }

  CallMetrics metrics() {
    return metrics;
  }

  private static Set<String> methods(
      List<ServerServiceDefinition> open, List<ServerServiceDefinition> inner) {
    Set<String> methods = new HashSet<>();
    for (List<ServerServiceDefinition> side : List.of(open, inner)) {
      for (ServerServiceDefinition service : side) {
        for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
          methods.add(method.getMethodDescriptor().getFullMethodName());
        }
      }
    }
    return methods;
  }
}

package dev.reeve.gateway.reeve;

import dev.reeve.gateway.CallScope;
import dev.reeve.gateway.GatewayServices;
import dev.reeve.gateway.ProtoTimes;
import dev.reeve.gateway.Replies;
import dev.reeve.wire.reeve.v1.ConfigEntry;
import dev.reeve.wire.reeve.v1.ConfigSource;
import dev.reeve.wire.reeve.v1.GetConfigRequest;
import dev.reeve.wire.reeve.v1.GetConfigResponse;
import dev.reeve.wire.reeve.v1.GetServerInfoRequest;
import dev.reeve.wire.reeve.v1.GetServerInfoResponse;
import dev.reeve.wire.reeve.v1.HealthComponent;
import dev.reeve.wire.reeve.v1.HealthStatus;
import dev.reeve.wire.reeve.v1.Listener;
import dev.reeve.wire.reeve.v1.StoreInfo;
import dev.reeve.wire.reeve.v1.SystemServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.List;

/// `reeve.v1.SystemService`. Never blocks.
final class SystemHandlers extends SystemServiceGrpc.SystemServiceImplBase {
  private static final List<ServerDescription.StoreInfo> NO_STORES = List.of();
  private static final List<ServerDescription.Listener> NO_LISTENERS = List.of();

  private final GatewayServices services;
  private final ReevePorts ports;
  private final Replies replies;

  SystemHandlers(GatewayServices services, ReevePorts ports, Replies replies) {
    this.services = services;
    this.ports = ports;
    this.replies = replies;
  }

  @Override
  public void getServerInfo(
      GetServerInfoRequest request, StreamObserver<GetServerInfoResponse> observer) {
    boolean whole = CallScope.current().caller().localOperator();
    replies.send(observer, () -> info(ports.server().info(), whole));
  }

  @Override
  public void getConfig(GetConfigRequest request, StreamObserver<GetConfigResponse> observer) {
    replies.send(
        observer,
        () -> {
          GetConfigResponse.Builder out = GetConfigResponse.newBuilder();
          ports.server().config().forEach(entry -> out.addEntries(encode(entry)));
          return out.build();
        });
  }

  /// @param whole with addresses, paths and troubles, which are the operator's
  private GetServerInfoResponse info(ServerDescription.ServerInfo info, boolean whole) {
    GetServerInfoResponse.Builder out =
        GetServerInfoResponse.newBuilder()
            .setVersion(info.version())
            .setDataFormat(info.dataFormat())
            .setStartedAt(ProtoTimes.timestamp(info.startedAtMicros()))
            .setPolicySnapshot(services.rules().snapshotId())
            .setPosture(info.posture())
            .setGenomeId(services.governance().genome().id())
            .setGenomeVersion(services.governance().genome().version());
    for (ServerDescription.StoreInfo store : whole ? info.stores() : NO_STORES) {
      out.addStores(
          StoreInfo.newBuilder()
              .setRole(store.role())
              .setKind(store.kind())
              .setLocation(store.location())
              .setPosition(store.position())
              .setEpoch(store.epoch()));
    }
    for (ServerDescription.Listener listener : whole ? info.listeners() : NO_LISTENERS) {
      out.addListeners(
          Listener.newBuilder()
              .setName(listener.name())
              .setAddress(listener.address())
              .setTls(listener.tls()));
    }
    for (ServerDescription.Health part : info.health()) {
      out.addHealth(
          HealthComponent.newBuilder()
              .setName(part.name())
              .setStatus(toWire(part.standing()))
              .setMessage(whole ? part.message() : ""));
    }
    return out.build();
  }

  private static ConfigEntry encode(ServerDescription.ConfigEntry entry) {
    return ConfigEntry.newBuilder()
        .setKey(entry.key())
        .setValue(entry.value())
        .setSource(toWire(entry.source()))
        .setOrigin(entry.origin())
        .setSecret(entry.secret())
        .setReloadable(entry.reloadable())
        .build();
  }

  private static HealthStatus toWire(ServerDescription.Standing standing) {
    return switch (standing) {
      case SERVING -> HealthStatus.HEALTH_STATUS_SERVING;
      case DEGRADED -> HealthStatus.HEALTH_STATUS_DEGRADED;
      case NOT_SERVING -> HealthStatus.HEALTH_STATUS_NOT_SERVING;
    };
  }

  private static ConfigSource toWire(ServerDescription.Source source) {
    return switch (source) {
      case DEFAULT -> ConfigSource.CONFIG_SOURCE_DEFAULT;
      case FILE -> ConfigSource.CONFIG_SOURCE_FILE;
      case ALIAS -> ConfigSource.CONFIG_SOURCE_ALIAS;
      case ENVIRONMENT -> ConfigSource.CONFIG_SOURCE_ENVIRONMENT;
      case FLAG -> ConfigSource.CONFIG_SOURCE_FLAG;
    };
  }
}

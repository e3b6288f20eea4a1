package dev.reeve.server;

import dev.reeve.gateway.ExtraListener;
import dev.reeve.gateway.Gateway;
import dev.reeve.gateway.GatewayConfig;
import dev.reeve.gateway.reeve.ServerDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Where the server listens: as configured, as bound, and as told to whoever started it.
final class Listeners {
  private Listeners() {}

  static GatewayConfig config(ServerConfig config) {
    return GatewayConfig.of(
            config.host(),
            config.grpcPort(),
            config.httpPort(),
            config.internalPort(),
            config.blockingCallsMax(),
            config.drain())
        .with(config.listeners())
        .with(config.callRate())
        .withClientRate(config.gate().rate());
  }

  /// Those that accept calls, with the ports they have got.
  static List<ServerDescription.Listener> bound(ServerConfig config, Gateway gateway) {
    List<ServerDescription.Listener> listeners = new ArrayList<>();
    listeners.add(
        new ServerDescription.Listener("grpc", config.host() + ":" + gateway.grpcPort(), false));
    listeners.add(
        new ServerDescription.Listener("http", config.host() + ":" + gateway.httpPort(), false));
    gateway
        .internalPort()
        .ifPresent(port ->
            listeners.add(
                new ServerDescription.Listener("internal", config.host() + ":" + port, false)));
    Map<String, Integer> extra = gateway.extraPorts();
    config
        .listeners()
        .forEach(listener ->
            listeners.add(
                new ServerDescription.Listener(
                    listener.name(), listener.at(portOf(listener, extra)), false)));
    return listeners;
  }

  /// The line that says where they are.
  static String readyLine(ServerConfig config, Gateway gateway) {
    StringBuilder line = new StringBuilder("reeve ready grpc=");
    line.append(config.host()).append(':').append(gateway.grpcPort());
    line.append(" http=").append(config.host()).append(':').append(gateway.httpPort());
    gateway
        .internalPort()
        .ifPresent(
            port -> line.append(" internal=").append(config.host()).append(':').append(port));
    Map<String, Integer> extra = gateway.extraPorts();
    for (ExtraListener listener : config.listeners()) {
      line.append(' ').append(listener.name()).append('=');
      line.append(listener.at(portOf(listener, extra)));
    }
    return line.toString();
  }

  private static int portOf(ExtraListener listener, Map<String, Integer> bound) {
    return Objects.requireNonNull(bound.get(listener.name()));
  }
}

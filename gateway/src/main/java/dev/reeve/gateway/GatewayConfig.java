package dev.reeve.gateway;

import dev.reeve.governance.cif.ClientRates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where the gateway listens and what it bounds.
///
/// @param host address of all listeners; loopback only unless everybody shows a key
/// @param grpcPort 0 for a free one
/// @param httpPort 0 for a free one
/// @param internalPort 0 for a free one; empty for no internal listener
/// @param extra further gRPC ports with the public services
/// @param callsMax calls in progress
/// @param blockingCallsMax calls whose handler may block at once
/// @param messageBytesMax largest message that is read at all
/// @param headerBytesMax largest request metadata
/// @param clientRate what one principal, and each of its clients, may send; empty for no limit of
///   its own
/// @param credentials what callers must show
/// @param drain how long a stop waits for calls in progress
public record GatewayConfig(
    String host,
    int grpcPort,
    int httpPort,
    Optional<Integer> internalPort,
    List<ExtraListener> extra,
    int callsMax,
    int blockingCallsMax,
    int messageBytesMax,
    int headerBytesMax,
    Optional<ClientRates.Rate> clientRate,
    CallRate callRate,
    Credentials credentials,
    Duration drain) {
  public GatewayConfig {
    extra = List.copyOf(extra);
  }

  /// Bounds that need no configuration of their own.
  public static GatewayConfig of(
      String host,
      int grpcPort,
      int httpPort,
      Optional<Integer> internalPort,
      int blockingCallsMax,
      Duration drain) {
    return new GatewayConfig(
        host,
        grpcPort,
        httpPort,
        internalPort,
        List.of(),
        20_000,
        blockingCallsMax,
        68 * 1024 * 1024,
        16 * 1024,
        Optional.empty(),
        CallRate.DEFAULT,
        Credentials.NONE,
        drain);
  }

  /// The same with a rate for each client.
  public GatewayConfig withClientRate(Optional<ClientRates.Rate> rate) {
    return new GatewayConfig(
        host,
        grpcPort,
        httpPort,
        internalPort,
        extra,
        callsMax,
        blockingCallsMax,
        messageBytesMax,
        headerBytesMax,
        rate,
        callRate,
        credentials,
        drain);
  }

  /// The same with another rate for each principal.
  public GatewayConfig with(CallRate rate) {
    return new GatewayConfig(
        host,
        grpcPort,
        httpPort,
        internalPort,
        extra,
        callsMax,
        blockingCallsMax,
        messageBytesMax,
        headerBytesMax,
        clientRate,
        rate,
        credentials,
        drain);
  }

  /// The same with further gRPC ports.
  public GatewayConfig with(List<ExtraListener> more) {
    return new GatewayConfig(
        host,
        grpcPort,
        httpPort,
        internalPort,
        more,
        callsMax,
        blockingCallsMax,
        messageBytesMax,
        headerBytesMax,
        clientRate,
        callRate,
        credentials,
        drain);
  }

  /// The same with keys for callers.
  public GatewayConfig with(Credentials asked) {
    return new GatewayConfig(
        host,
        grpcPort,
        httpPort,
        internalPort,
        extra,
        callsMax,
        blockingCallsMax,
        messageBytesMax,
        headerBytesMax,
        clientRate,
        callRate,
        asked,
        drain);
  }
}

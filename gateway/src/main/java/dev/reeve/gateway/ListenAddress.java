package dev.reeve.gateway;

import dev.reeve.base.ProblemException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Where a listener may bind: on loopback, unless everybody must show a key.
final class ListenAddress {
  private static final String THIS_MACHINE =
      "an address of this machine, where this server listens";
  private static final String LOOPBACK =
      "a loopback address such as 127.0.0.1, because no credentials are set up";

  private ListenAddress() {}

  /// @throws ProblemException `LISTEN_REFUSED`
  static InetSocketAddress of(GatewayConfig config, int port) {
    return of(config, "host", config.host(), config.host(), port);
  }

  /// The same for a listener with an address of its own.
  ///
  /// @throws ProblemException `LISTEN_REFUSED`
  static InetSocketAddress of(GatewayConfig config, ExtraListener listener) {
    return of(
        config, "listen." + listener.name(), listener.toString(), listener.host(), listener.port());
  }

  private static InetSocketAddress of(
      GatewayConfig config, String field, String value, String host, int port) {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw refusal(field, value, THIS_MACHINE);
    }
    if (!address.isLoopbackAddress() && !config.credentials().fromEverybody()) {
      throw refusal(field, value, LOOPBACK);
    }
    return new InetSocketAddress(address, port);
  }

  private static ProblemException refusal(String field, String value, String expected) {
    return GatewayProblems.LISTEN_REFUSED
        .because(field + ": " + value + " (expected: " + expected + ")")
        .toException();
  }

  static ProblemException taken(String host, int port, Throwable cause) {
    return GatewayProblems.PORT_TAKEN
        .because("port: " + port + " on " + host + " (expected: a free one)")
        .withDetail(String.valueOf(cause.getMessage()))
        .toException();
  }
}

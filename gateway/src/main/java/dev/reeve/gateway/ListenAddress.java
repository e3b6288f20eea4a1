package dev.reeve.gateway;

import dev.reeve.base.ProblemException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Where a listener may bind: on loopback, as long as there are no credentials.
final class ListenAddress {
  private ListenAddress() {}

  /// @throws ProblemException `LISTEN_REFUSED`
  static InetSocketAddress of(String host, int port) {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw GatewayProblems.LISTEN_REFUSED
          .because("host: " + host + " (expected: an address of this machine)")
          .toException();
    }
    if (!address.isLoopbackAddress()) {
      throw GatewayProblems.LISTEN_REFUSED
          .because(
              "host: "
                  + host
                  + " (expected: a loopback address such as 127.0.0.1, because no credentials are"
                  + " set up)")
          .toException();
    }
    return new InetSocketAddress(address, port);
  }

  static ProblemException taken(String host, int port, Throwable cause) {
    return GatewayProblems.PORT_TAKEN
        .because("port: " + port + " on " + host + " (expected: a free one)")
        .withDetail(String.valueOf(cause.getMessage()))
        .toException();
  }
}

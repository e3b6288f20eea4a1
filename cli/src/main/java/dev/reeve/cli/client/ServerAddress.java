package dev.reeve.cli.client;

import dev.reeve.base.ProblemException;

/// Where a server listens for gRPC.
///
/// @param host name or address; an IPv6 address without brackets
/// @param port 1 to 65535
public record ServerAddress(String host, int port) {
  /// Where a server on this machine listens unless told otherwise.
  public static final ServerAddress LOCAL = new ServerAddress("127.0.0.1", 50051);

  private static final String SHAPE = "HOST:PORT, for example 127.0.0.1:50051 or [::1]:50051";

  /// Reads `HOST:PORT`.
  ///
  /// @param origin the option or variable it came from, for the message
  /// @throws ProblemException when it is anything else
  public static ServerAddress parse(String origin, String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      host = "";
    }
    int port = port(text.substring(colon + 1));
    if (!host.matches("[A-Za-z0-9._:-]+") || port < 1 || port > 65_535) {
      throw CliProblems.ARGUMENT_INVALID.field(origin, text, SHAPE).toException();
    }
    return new ServerAddress(host, port);
  }

  private static int port(String digits) {
    return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}

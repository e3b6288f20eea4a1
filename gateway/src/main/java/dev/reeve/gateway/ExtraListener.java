package dev.reeve.gateway;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A further gRPC port with the public services, under a name that clients of other systems know.
///
/// @param name what it is called in the configuration and the ready line: `safety_kernel`
/// @param host an address of this machine; loopback only while there are no credentials
/// @param port 0 for a free one
public record ExtraListener(String name, String host, int port) {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]*)):(\\d{1,5})");
  private static final int PORT_MAX = 65_535;
  private static final String LOOPBACK = "127.0.0.1";

  /// Reads `HOST:PORT`, `[IPV6]:PORT` or `:PORT`. Without a host it is loopback: elsewhere that
  /// would mean every address, which needs credentials here.
  ///
  /// @return empty when it is none of these
  public static Optional<ExtraListener> parse(String name, String address) {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > PORT_MAX) {
      return Optional.empty();
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return Optional.of(
        new ExtraListener(
            name, host.isEmpty() ? LOOPBACK : host, Integer.parseInt(matcher.group(3))));
  }

  /// `HOST:PORT`, or `[IPV6]:PORT`.
  ///
  /// @param boundPort the port that it got
  public String at(int boundPort) {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + boundPort;
  }

  @Override
  public String toString() {
    return at(port);
  }
}

package dev.reeve.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where a started server listens, read from the one line it prints: `reeve ready grpc=HOST:PORT
/// http=HOST:PORT[ internal=HOST:PORT][ NAME=HOST:PORT ...]`.
///
/// @param listeners `HOST:PORT` by name
public record ReadyLine(Map<String, String> listeners) {
  private static final String BEGIN = "reeve ready ";
  private static final List<String> WITH_FLAG = List.of("grpc", "http", "internal");

  public ReadyLine {
    listeners = Map.copyOf(listeners);
  }

  /// Throws when the line is not of that form.
  public static ReadyLine parse(String line) {
    if (!line.startsWith(BEGIN)) {
      throw new IllegalArgumentException("line: " + line + " (expected: " + BEGIN + "...)");
    }
    Map<String, String> listeners = new HashMap<>();
    for (String part : line.substring(BEGIN.length()).strip().split(" ", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1 || !part.substring(equals + 1).matches(".+:\\d+")) {
        throw new IllegalArgumentException("listener: " + part + " (expected: name=HOST:PORT)");
      }
      listeners.put(part.substring(0, equals), part.substring(equals + 1));
    }
    return new ReadyLine(listeners);
  }

  /// `HOST:PORT` of the gRPC listener.
  public String grpc() {
    return listener("grpc");
  }

  /// `HOST:PORT` of the HTTP listener.
  public String http() {
    return listener("http");
  }

  /// `HOST:PORT` of the internal gRPC listener.
  public String internal() {
    return listener("internal");
  }

  /// The flags that bind the same ports again, with their values.
  public Map<String, Integer> ports() {
    Map<String, Integer> ports = new HashMap<>();
    listeners.forEach((name, address) -> {
      if (WITH_FLAG.contains(name)) {
        ports.put(flag(name), Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
      }
    });
    return ports;
  }

  private static String flag(String listener) {
    return listener.equals("grpc") ? "--port" : "--" + listener + "-port";
  }

  /// `HOST:PORT` of the listener of this name.
  public String listener(String name) {
    String address = listeners.get(name);
    if (address == null) {
      throw new IllegalStateException(
          name + ": no listener (expected: one of " + listeners.keySet() + ")");
    }
    return address;
  }
}

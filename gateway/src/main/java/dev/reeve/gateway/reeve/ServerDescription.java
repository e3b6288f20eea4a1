package dev.reeve.gateway.reeve;

import java.util.List;

/// What the server tells of itself. Implemented by the composition root; both methods may be called
/// on any thread and must not block.
public interface ServerDescription {
  /// The server as it is now.
  ServerInfo info();

  /// Every configuration key, sorted.
  List<ConfigEntry> config();

  /// @param version of the program
  /// @param dataFormat format of the stored data
  /// @param startedAtMicros microseconds since 1970 UTC
  /// @param posture `normal`, or the reason class of a restricted mode
  record ServerInfo(
      String version,
      int dataFormat,
      long startedAtMicros,
      List<StoreInfo> stores,
      List<Listener> listeners,
      List<Health> health,
      String posture) {
    public ServerInfo {
      stores = List.copyOf(stores);
      listeners = List.copyOf(listeners);
      health = List.copyOf(health);
    }
  }

  /// @param role `log` or `blobs`
  /// @param kind `sqlite`, `postgresql` or `files`
  /// @param location path or address without credentials
  /// @param position last committed position; 0 for a store without one
  /// @param epoch rises with every takeover; 0 for a store without one
  record StoreInfo(String role, String kind, String location, long position, long epoch) {}

  /// @param name `grpc`, `http` or `internal`
  /// @param address `HOST:PORT`
  /// @param tls whether calls are encrypted
  record Listener(String name, String address, boolean tls) {}

  /// @param name the part
  /// @param standing how it is
  /// @param message empty when serving
  record Health(String name, Standing standing, String message) {}

  /// How a part of the server is.
  enum Standing {
    SERVING,
    DEGRADED,
    NOT_SERVING
  }

  /// Where a value comes from; a later one wins.
  enum Source {
    DEFAULT,
    FILE,
    ALIAS,
    ENVIRONMENT,
    FLAG
  }

  /// @param key dotted name
  /// @param value as written in a configuration file; `***` for a secret that is set
  /// @param source where it comes from
  /// @param origin name of the file, variable or flag; empty for a default
  /// @param secret whether the value is hidden
  /// @param reloadable whether a change takes effect without a restart
  record ConfigEntry(
      String key, String value, Source source, String origin, boolean secret, boolean reloadable) {}
}

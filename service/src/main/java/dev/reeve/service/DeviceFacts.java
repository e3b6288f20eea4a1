package dev.reeve.service;

import dev.reeve.quantum.Device;
import java.util.Map;
import java.util.Objects;

/// What never changes about a device.
///
/// @param id `vendor:device`
/// @param name for people
/// @param backendType `simulator` or `qpu`; what device lists filter by
/// @param shotsMax most shots of one run
/// @param capabilities what clients are shown
public record DeviceFacts(
    String id, String name, String backendType, int shotsMax, Map<String, String> capabilities) {
  /// Of a device of the catalog.
  public static DeviceFacts of(Device device) {
    return new DeviceFacts(
        device.id(), device.name(), device.backendType(), device.shotsMax(), device.capabilities());
  }

  public DeviceFacts {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(backendType, "backendType");
    capabilities = Map.copyOf(capabilities);
  }
}

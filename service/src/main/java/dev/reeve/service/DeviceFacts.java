package dev.reeve.service;

import dev.reeve.quantum.Device;
import java.util.Map;
import java.util.Objects;

/// What a device is and can do. By itself it is a device that takes work whenever somebody executes
/// its jobs.
///
/// @param id `vendor:device`
/// @param name for people
/// @param backendType `simulator` or `qpu`; what device lists filter by
/// @param shotsMax most shots of one run
/// @param capabilities what clients are shown
public record DeviceFacts(
    String id, String name, String backendType, int shotsMax, Map<String, String> capabilities)
    implements DeviceSource {
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

  @Override
  public DeviceFacts facts() {
    return this;
  }
}

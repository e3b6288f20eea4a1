package dev.reeve.server;

import dev.reeve.gateway.remote.BearerKey;
import dev.reeve.gateway.remote.RemoteTarget;
import dev.reeve.service.DeviceStanding;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// What the configuration says of one device: an entry of `devices`.
///
/// @param id `vendor:device`
/// @param standing ONLINE unless the configuration keeps it from work
/// @param slots jobs that it runs side by side; empty for the usual number
/// @param driver the program that drives it; empty for a simulator of this process
public record DeviceSettings(
    String id, DeviceStanding standing, OptionalInt slots, Optional<Driver> driver) {
  /// A program elsewhere that drives a device.
  ///
  /// @param target where it is
  /// @param remoteId what the driver calls the device
  /// @param timeout of one run
  /// @param key that it is shown; empty for none
  public record Driver(
      RemoteTarget target, String remoteId, Duration timeout, Optional<BearerKey> key) {}

  public DeviceSettings {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(standing, "standing");
  }
}

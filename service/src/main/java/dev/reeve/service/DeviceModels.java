package dev.reeve.service;

import dev.reeve.quantum.Device;
import dev.reeve.quantum.simulator.LocalSimulator;
import java.util.Map;

/// The devices that this server brings along.
public final class DeviceModels {
  private DeviceModels() {}

  /// The exact simulator on this machine.
  ///
  /// @param memoryBytesMax most memory for the amplitudes of a run; decides the number of qubits
  public static Device localSimulator(long memoryBytesMax) {
    return LocalSimulator.device(memoryBytesMax).with(Map.of("noise_models", "none"));
  }
}

package dev.reeve.service;

import dev.reeve.quantum.Device;
import dev.reeve.quantum.simulator.LocalSimulator;
import dev.reeve.quantum.simulator.NoiseModel;
import java.util.List;
import java.util.Map;

/// The devices that this server brings along.
public final class DeviceModels {
  /// The exact simulator.
  public static final String LOCAL_ID = LocalSimulator.ID;

  /// The noisy simulators, whose ids begin so.
  public static final String NOISY_ID = NoisySimulators.ID;

  /// All of them.
  public static final List<String> IDS = List.of(LOCAL_ID, NOISY_ID);

  private DeviceModels() {}

  /// The exact simulator on this machine.
  ///
  /// @param memoryBytesMax most memory for the amplitudes of a run; decides the number of qubits
  public static Device localSimulator(long memoryBytesMax) {
    return LocalSimulator.device(memoryBytesMax).with(Map.of("noise_models", noise()));
  }

  /// The same with the noise of a model, which is a part of the id of the device that jobs name.
  public static Device noisySimulator(long memoryBytesMax) {
    Device exact = localSimulator(memoryBytesMax);
    return new Device(
        NoisySimulators.ID,
        "Noisy simulator: sim:noisy:MODEL",
        exact.backendType(),
        exact.qubits(),
        exact.shotsMax(),
        exact.capabilities());
  }

  private static String noise() {
    return "none," + NoiseModel.words();
  }
}

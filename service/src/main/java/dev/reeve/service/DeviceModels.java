package dev.reeve.service;

import dev.reeve.quantum.Device;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationResult;
import dev.reeve.quantum.simulator.StateVectorSimulator;
import java.util.Map;
import java.util.TreeMap;

/// The devices that this server brings along.
public final class DeviceModels {
  /// Id of the simulator on this machine.
  public static final String LOCAL_SIMULATOR = "sim:local";

  private static final int BYTES_PER_AMPLITUDE = 16;

  private DeviceModels() {}

  /// The exact simulator on this machine.
  ///
  /// @param memoryBytesMax most memory for the amplitudes of a run; decides the number of qubits
  public static Device localSimulator(long memoryBytesMax) {
    long amplitudes = Math.max(2, memoryBytesMax / BYTES_PER_AMPLITUDE);
    int qubits = 63 - Long.numberOfLeadingZeros(amplitudes);
    Map<String, String> capabilities = new TreeMap<>();
    capabilities.put("bitstring_order", SimulationResult.BITSTRING_ORDER);
    capabilities.put("formats", "OPENQASM2,OPENQASM3");
    capabilities.put("max_shots", Integer.toString(RunOptions.SHOTS_MAX));
    capabilities.put("methods", StateVectorSimulator.METHOD);
    capabilities.put("noise_models", "none");
    capabilities.put("qubits", Integer.toString(qubits));
    capabilities.put("shots", Integer.toString(RunOptions.SHOTS_DEFAULT));
    capabilities.put("supports_mid_circuit", "true");
    return new Device(
        LOCAL_SIMULATOR,
        "Local state-vector simulator",
        "simulator",
        qubits,
        RunOptions.SHOTS_MAX,
        new TreeMap<>(capabilities));
  }
}

package dev.reeve.quantum.simulator;

import dev.reeve.quantum.Device;
import dev.reeve.quantum.Gate;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The device `sim:local` as data: what the simulators of this process can do. Its qubits are those
/// of a state vector; other methods take wider circuits.
public final class LocalSimulator {
  /// Its id.
  public static final String ID = "sim:local";

  private LocalSimulator() {}

  /// The device, with as many qubits as this much memory holds.
  ///
  /// @param memoryBytesMax most memory for the amplitudes of one run; at least that of one qubit
  public static Device device(long memoryBytesMax) {
    StateVectorFactory factory = PlainStateVector.FACTORY;
    int qubits = 1;
    while (qubits < factory.qubitsMax() && factory.bytes(qubits + 1) <= memoryBytesMax) {
      qubits++;
    }
    TreeMap<String, String> capabilities = new TreeMap<>();
    capabilities.put("basis_gates", gates());
    capabilities.put("bitstring_order", SimulationResult.BITSTRING_ORDER);
    capabilities.put("formats", "QASM3_TEXT,QASM2_TEXT");
    capabilities.put("max_shots", Integer.toString(RunOptions.SHOTS_MAX));
    capabilities.put(
        "methods",
        SimulationMethod.words().stream()
            .filter(word -> !word.equals(SimulationMethod.AUTO.word()))
            .collect(Collectors.joining(",")));
    capabilities.put("ops", gates() + ",CX,MEASURE,RESET,BARRIER,IF,WHILE");
    capabilities.put("qubits", Integer.toString(qubits));
    capabilities.put("shots", Integer.toString(RunOptions.SHOTS_DEFAULT));
    capabilities.put("slots", "1");
    capabilities.put("supports_mid_circuit", "true");
    return new Device(
        ID, "Local simulator", "simulator", qubits, RunOptions.SHOTS_MAX, capabilities);
  }

  private static String gates() {
    return Arrays.stream(Gate.values())
        .filter(gate -> gate != Gate.UNITARY)
        .map(Gate::name)
        .collect(Collectors.joining(","));
  }
}

package dev.reeve.service.node;

import dev.reeve.base.ProblemException;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Device;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.distributed.PortableRun;
import dev.reeve.quantum.simulator.CircuitSimulator;
import dev.reeve.quantum.simulator.RunOptions;
import dev.reeve.quantum.simulator.SimulationResult;
import dev.reeve.service.DeviceModels;
import dev.reeve.service.DeviceStanding;
import dev.reeve.service.driver.DriverNodes;
import dev.reeve.service.driver.DriverReport;
import dev.reeve.service.driver.DriverRun;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The one device of a node: the simulators. Safe on any thread; [#run] computes on the calling one
/// and on those that help it.
public final class SimulatorNode {
  private final String id;
  private final String version;
  private final CircuitSimulator simulator;
  private final int slots;
  private final long memoryBytesMax;
  private final AtomicInteger begun = new AtomicInteger();

  /// @param id of the device
  /// @param version of the simulators
  /// @param slots runs side by side
  /// @param memoryBytesMax most memory for amplitudes of all runs together
  public SimulatorNode(
      String id, String version, CircuitSimulator simulator, int slots, long memoryBytesMax) {
    this.id = id;
    this.version = version;
    this.simulator = simulator;
    this.slots = slots;
    this.memoryBytesMax = memoryBytesMax;
  }

  /// The device and how it stands.
  public DriverReport report() {
    Device local = DeviceModels.localSimulator(memoryBytesMax / slots);
    SortedMap<String, String> facts = new TreeMap<>(local.capabilities());
    // Circuits are sent as they are.
    facts.remove("basis_gates");
    facts.remove("noise_models");
    facts.put("driver_api_version", "1.0");
    facts.put("slots", Integer.toString(slots));
    facts.put(DriverNodes.CAPABILITY, version);
    return new DriverReport(
        id,
        "Simulator node",
        local.backendType(),
        DeviceStanding.ONLINE,
        Math.max(0, begun.get() - slots),
        0,
        facts);
  }

  /// Runs a circuit. A run is counted from when it is asked for: see [#begin].
  ///
  /// @throws ProblemException `DEVICE_UNKNOWN`, `QASM_...`, `SIMULATION_...`,
  ///   `NOISE_MODEL_INVALID`, `OBSERVABLE_INVALID`, `QUANTUM_CANCELLED`
  public SimulationResult run(DriverRun run, CancelSignal cancel) {
    require(run.deviceId());
    if (run.shots() < 1 || run.shots() > RunOptions.SHOTS_MAX) {
      throw QuantumProblems.SIMULATION_SHOTS_INVALID
          .field("shots", Integer.toString(run.shots()), "1 to " + RunOptions.SHOTS_MAX)
          .toException();
    }
    return PortableRun.run(
        simulator,
        run.program().unsafeArray(),
        run.shots(),
        run.options(),
        memoryBytesMax / slots,
        cancel);
  }

  /// Refuses another device than this one.
  ///
  /// @throws ProblemException `DEVICE_UNKNOWN`
  public void require(String deviceId) {
    if (!deviceId.equals(id)) {
      throw QuantumProblems.DEVICE_UNKNOWN
          .field("device_id", deviceId, id)
          .with("device_id", deviceId)
          .toException();
    }
  }

  /// A run was asked for; it waits for a slot or runs.
  public void begin() {
    begun.incrementAndGet();
  }

  /// A run that was asked for is over.
  public void end() {
    begun.decrementAndGet();
  }
}

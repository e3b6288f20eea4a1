package dev.reeve.service.driver;

import dev.reeve.base.Bytes;
import dev.reeve.job.Work;
import dev.reeve.quantum.CancelSignal;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.ProgressListener;
import dev.reeve.quantum.QuantumProblems;
import dev.reeve.quantum.compiler.Calibration;
import dev.reeve.quantum.compiler.CircuitCompiler;
import dev.reeve.quantum.compiler.CompileLevel;
import dev.reeve.quantum.compiler.CompiledCircuit;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.compiler.QubitCalibration;
import dev.reeve.quantum.mitigation.Misreading;
import dev.reeve.quantum.mitigation.MitigatedRun;
import dev.reeve.quantum.mitigation.MitigationSource;
import dev.reeve.quantum.qasm.QasmPrinter;
import dev.reeve.quantum.qasm.QasmVersion;
import dev.reeve.service.ServiceProblems;
import dev.reeve.service.circuit.CircuitDesk;
import dev.reeve.service.circuit.CompileSettings;
import dev.reeve.service.circuit.CompiledAqo;
import dev.reeve.service.quantum.CountedProgram;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The program of a job as a device can run it.
///
/// @param text OpenQASM 3; of the device's gates and on its couplings when it says which it has
/// @param bits classical bits of the circuit
/// @param shots how often to measure
/// @param facts how it was compiled
/// @param mitigation when it was asked for
record DriverProgram(
    Bytes text, int bits, int shots, Map<String, String> facts, Optional<Mitigation> mitigation) {
  /// How errors of readout are taken out of the counts.
  ///
  /// @param circuit on the device's qubits
  record Mitigation(Circuit circuit, Calibration calibration) {
    Map<String, String> facts(SortedMap<String, Long> counts, CancelSignal cancel) {
      return MitigatedRun.facts(
          MitigationSource.CALIBRATION,
          counts,
          MitigatedRun.misreadings(circuit, counts.firstKey().length(), this::misreading),
          cancel);
    }

    private Misreading misreading(int qubit) {
      QubitCalibration figures = calibration.qubit(qubit);
      return new Misreading(figures.zeroAsOne(), figures.oneAsZero());
    }
  }

  private static final String OPTION = "option.";
  private static final String READOUT = "readout_mitigation";

  private DriverProgram with(Map<String, String> more) {
    SortedMap<String, String> all = new TreeMap<>(facts);
    all.putAll(more);
    return new DriverProgram(text, bits, shots, all, mitigation);
  }

  /// @throws dev.reeve.base.ProblemException when the program is wrong, or not for this device
  static DriverProgram of(Bytes payload, Work work, DriverDevice device, CancelSignal cancel) {
    CountedProgram program = CountedProgram.of(payload, work, device.id(), cancel);
    requirePossible(program.settings(), device);
    Circuit circuit = program.circuit();
    MidCircuit.require(circuit, device);
    int shots = program.shots(device.abilities().shotsMax());
    DriverAbilities abilities = device.abilities();
    if (abilities.qubits() > 0 && circuit.qubits() > abilities.qubits()) {
      throw QuantumProblems.CIRCUIT_TOO_WIDE
          .field(
              "qubits",
              Integer.toString(circuit.qubits()),
              "at most " + abilities.qubits() + " on " + device.id())
          .toException();
    }
    return abilities
        .model()
        .map(model -> compiled(program, shots, work, model, cancel))
        .orElseGet(() ->
            new DriverProgram(printed(circuit), circuit.bits(), shots, Map.of(), Optional.empty()))
        .with(CompiledAqo.facts(work, circuit, true));
  }

  private static DriverProgram compiled(
      CountedProgram program, int shots, Work work, DeviceModel model, CancelSignal cancel) {
    Circuit circuit = program.circuit();
    CircuitDesk.requireShort(circuit);
    CompileLevel level =
        CompileLevel.of(number(work.attributes().get("option.optimization_level")))
            .orElse(CompileLevel.LIGHT);
    CompiledCircuit compiled =
        new CircuitCompiler(model)
            .compile(
                circuit,
                CompileSettings.choices(options(work), level, 0),
                ProgressListener.NONE,
                cancel);
    Map<String, String> facts = new TreeMap<>();
    facts.put("duration_ns", Double.toString(compiled.schedule().nanos()));
    facts.put("estimated_success", Double.toString(compiled.success()));
    facts.put("depth", Integer.toString(compiled.depth()));
    facts.put("optimization_level", Integer.toString(level.number()));
    facts.put("swaps", Integer.toString(compiled.swaps()));
    facts.put("two_qubit_gates", Integer.toString(compiled.twoQubitGates()));
    Optional<Mitigation> mitigation = Optional.empty();
    if (isMitigated(program.settings())) {
      MitigatedRun.requireMitigable(compiled.circuit());
      mitigation = Optional.of(new Mitigation(compiled.circuit(), model.calibration()));
    }
    return new DriverProgram(printed(compiled.circuit()), circuit.bits(), shots, facts, mitigation);
  }

  private static boolean isMitigated(Map<String, String> metadata) {
    return metadata.getOrDefault(READOUT, "").equals(MitigationSource.CALIBRATION.word());
  }

  /// The compiler options of a job, by their names.
  private static Map<String, String> options(Work work) {
    Map<String, String> options = new TreeMap<>();
    work.attributes()
        .forEach((key, value) -> {
          if (key.startsWith(OPTION)) {
            options.put(key.substring(OPTION.length()), value);
          }
        });
    return options;
  }

  private static int number(@Nullable String digit) {
    return digit != null && digit.matches("[0-3]")
        ? Integer.parseInt(digit)
        : CompileLevel.LIGHT.number();
  }

  private static Bytes printed(Circuit circuit) {
    try {
      return Bytes.utf8(QasmPrinter.print(circuit, QasmVersion.V3));
    } catch (IllegalArgumentException e) {
      throw ServiceProblems.DEVICE_PROGRAM_UNSUITABLE
          .because("the circuit cannot be written as OpenQASM 3: " + e.getMessage())
          .toException();
    }
  }

  /// Noise and methods of simulation are not ignored: what the device does not offer is refused.
  private static void requirePossible(Map<String, String> metadata, DriverDevice device) {
    String noise = metadata.getOrDefault("noise_model", "");
    boolean noisy = !noise.isEmpty() && !noise.equals("none");
    if (noisy && !device.abilities().noiseModels().contains(noise)) {
      throw ServiceProblems.DEVICE_PROGRAM_UNSUITABLE
          .field("noise_model", noise, "none: " + device.id() + " has its own")
          .toException();
    }
    String mitigation = metadata.getOrDefault(READOUT, "");
    boolean stated = device.abilities().statesReadout();
    boolean offered = stated && isMitigated(metadata);
    if (!mitigation.isEmpty() && !mitigation.equals("none") && !offered) {
      throw ServiceProblems.DEVICE_PROGRAM_UNSUITABLE
          .field(
              READOUT,
              mitigation,
              stated ? "calibration" : "none: " + device.id() + " states no errors of readout")
          .toException();
    }
    String method = metadata.getOrDefault("method", "auto");
    if (!method.equals("auto")) {
      throw ServiceProblems.DEVICE_PROGRAM_UNSUITABLE
          .field("method", method, "auto: " + device.id() + " is no simulator of this server")
          .toException();
    }
  }
}

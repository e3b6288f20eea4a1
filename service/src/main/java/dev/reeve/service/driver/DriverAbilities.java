package dev.reeve.service.driver;

import dev.reeve.quantum.compiler.Calibration;
import dev.reeve.quantum.compiler.CalibrationReader;
import dev.reeve.quantum.compiler.CouplingMap;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.simulator.RunOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the capabilities of a driver's device come to: the handshake.
///
/// @param qubits 0 when not said
/// @param shotsMax most shots of one run
/// @param model for which circuits are compiled; empty for a device that takes them as they are
/// @param statesReadout whether the device says how often its qubits are misread, and it was read
/// @param noiseModels noise that it can be asked for
/// @param simulator the version of our simulators that it runs; empty for any other device
/// @param trouble why we cannot work with it; empty when we can
record DriverAbilities(
    int qubits,
    int shotsMax,
    Optional<DeviceModel> model,
    boolean statesReadout,
    Set<String> noiseModels,
    String simulator,
    String trouble) {
  /// The version of the driver contract that we speak; another minor one will do.
  static final String VERSION = "1.0";

  private static final String FORMAT = "QASM3_TEXT";
  private static final int QUBITS_MAX = 1_024;
  private static final Set<String> BASIS = Set.of("rz", "sx", "x", "cx");
  private static final Pattern PAIR = Pattern.compile("\\[\\s*(\\d{1,4})\\s*,\\s*(\\d{1,4})\\s*]");

  static DriverAbilities of(DriverReport report) {
    String version = report.fact("driver_api_version");
    Set<String> formats = words(report.fact("formats"));
    Set<String> basis =
        words(report.fact("basis_gates")).stream()
            .map(word -> word.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    int qubits = number(report.fact("qubits"), 0);
    if (!version.isEmpty() && !version.matches("1(\\.\\d+)*")) {
      return unusable("it speaks version " + version + " of the driver contract, not " + VERSION);
    }
    if (!formats.isEmpty() && !formats.contains(FORMAT)) {
      return unusable("it reads no " + FORMAT);
    }
    if (qubits < 0 || qubits > QUBITS_MAX) {
      return unusable("qubits: " + qubits + " (expected: 1 to " + QUBITS_MAX + ")");
    }
    if (!basis.isEmpty() && !basis.containsAll(BASIS)) {
      return unusable("basis_gates: " + basis + " (expected: rz, sx, x and cx among them)");
    }
    try {
      Optional<DeviceModel> model =
          basis.isEmpty() ? Optional.empty() : Optional.of(model(report, qubits));
      return new DriverAbilities(
          qubits,
          Math.clamp(number(report.fact("max_shots"), RunOptions.SHOTS_MAX), 1, 1_000_000_000),
          model,
          model.filter(DriverAbilities::hasFigures).isPresent()
              && !report.fact("readout_error").isBlank(),
          words(report.fact("noise_models")),
          report.fact(DriverNodes.CAPABILITY),
          "");
    } catch (IllegalArgumentException e) {
      return unusable(String.valueOf(e.getMessage()));
    }
  }

  /// The device with figures of its own; empty when it states none.
  Optional<DeviceModel> measured() {
    return model.filter(DriverAbilities::hasFigures);
  }

  private static boolean hasFigures(DeviceModel model) {
    return !model.calibration().source().equals(Calibration.TYPICAL);
  }

  private static DriverAbilities unusable(String trouble) {
    return new DriverAbilities(
        0, RunOptions.SHOTS_MAX, Optional.empty(), false, Set.of(), "", trouble);
  }

  /// @throws IllegalArgumentException when the couplings are none
  private static DeviceModel model(DriverReport report, int qubits) {
    if (qubits == 0) {
      throw new IllegalArgumentException("qubits: missing beside basis_gates");
    }
    List<CouplingMap.Edge> edges = new ArrayList<>();
    String couplings = report.fact("coupling_map");
    if (couplings.isEmpty()) {
      for (int i = 0; i < qubits; i++) {
        for (int j = i + 1; j < qubits; j++) {
          edges.add(new CouplingMap.Edge(i, j));
        }
      }
    } else {
      Matcher pairs = PAIR.matcher(couplings);
      while (pairs.find()) {
        edges.add(
            new CouplingMap.Edge(
                Integer.parseInt(pairs.group(1)), Integer.parseInt(pairs.group(2))));
      }
      if (!PAIR.matcher(couplings).replaceAll("").matches("[\\[\\],\\s]*")) {
        throw new IllegalArgumentException("coupling_map: no JSON list of pairs of qubits");
      }
    }
    CouplingMap map = CouplingMap.of(qubits, edges);
    DeviceModel model = new DeviceModel(report.id(), map);
    try {
      return CalibrationReader.read(report.id(), report.facts(), map)
          .map(model::with)
          .orElse(model);
    } catch (IllegalArgumentException e) {
      // Figures in another form are shown as they are, and do not keep the device from its work.
      return model;
    }
  }

  private static Set<String> words(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  private static int number(String text, int absent) {
    try {
      return text.isEmpty() ? absent : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

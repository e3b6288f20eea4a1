package dev.reeve.quantum.compiler;

import dev.reeve.quantum.compiler.CouplingMap.Edge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Devices whose qubits differ.
final class Calibrations {
  private Calibrations() {}

  static DeviceModel uneven(String name, long seed) {
    DeviceModel model = DeviceModels.of(name).orElseThrow();
    SplittableRandom random = new SplittableRandom(seed);
    List<QubitCalibration> qubits = new ArrayList<>();
    for (int i = 0; i < model.couplings().qubits(); i++) {
      qubits.add(
          new QubitCalibration(
              20 + random.nextInt(40),
              1e-4 + 1e-3 * random.nextDouble(),
              500 + random.nextInt(500),
              0.03 * random.nextDouble(),
              0.05 * random.nextDouble(),
              100_000,
              90_000));
    }
    Map<Edge, PairCalibration> pairs = new HashMap<>();
    for (Edge edge : model.couplings().edges()) {
      pairs.put(
          edge, new PairCalibration(200 + random.nextInt(400), 2e-3 + 0.05 * random.nextDouble()));
    }
    return model.with(new Calibration("drawn", 1, qubits, PairCalibration.TYPICAL, pairs));
  }
}

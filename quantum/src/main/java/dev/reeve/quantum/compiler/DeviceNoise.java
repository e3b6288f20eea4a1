package dev.reeve.quantum.compiler;

import dev.reeve.quantum.compiler.CouplingMap.Edge;
import dev.reeve.quantum.simulator.NoiseModel;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Noise by the figures of a device: means over its qubits and pairs, since a program's qubits are
/// not those of the device before it is compiled.
public final class DeviceNoise {
  /// An error of a gate counts states of its qubits that look as they should by chance.
  private static final double OF_ONE_QUBIT = 2;

  private static final double OF_TWO_QUBITS = 4.0 / 3;
  private static final double NANOS_PER_MICRO = 1_000;

  private DeviceNoise() {}

  /// Reads a model, or takes that of the device of this name: see [DeviceModels].
  ///
  /// @param field what refusals call it
  /// @throws dev.reeve.base.ProblemException `NOISE_MODEL_INVALID`
  public static NoiseModel parse(String field, String text) {
    return NoiseModel.parse(field, expanded(text));
  }

  private static String expanded(String text) {
    return text.contains("_") && !text.contains(":")
        ? DeviceModels.of(text).map(DeviceNoise::text).orElse(text)
        : text;
  }

  /// The model of a device, as it is written: gates are depolarizing, outcomes are misread and
  /// qubits relax while they wait, as often and as fast as its figures say.
  public static String text(DeviceModel device) {
    Calibration figures = device.calibration();
    List<QubitCalibration> qubits = figures.qubits();
    double pairs = 0;
    List<Edge> edges = device.couplings().edges();
    for (Edge edge : edges) {
      pairs += figures.pair(edge.first(), edge.second()).error() / edges.size();
    }
    double gate = mean(qubits, QubitCalibration::gateError);
    double t1 = mean(qubits, QubitCalibration::t1Nanos) / NANOS_PER_MICRO;
    double t2 = mean(qubits, QubitCalibration::t2Nanos) / NANOS_PER_MICRO;
    return "depolarizing:%s:%s+readout:%s:%s+relaxation:%s:%s"
        .formatted(
            number(Math.min(1, OF_ONE_QUBIT * gate)),
            number(Math.min(1, OF_TWO_QUBITS * pairs)),
            number(mean(qubits, QubitCalibration::zeroAsOne)),
            number(mean(qubits, QubitCalibration::oneAsZero)),
            number(t1),
            number(Math.min(t2, 2 * t1)));
  }

  private static double mean(
      List<QubitCalibration> qubits, ToDoubleFunction<QubitCalibration> figure) {
    return qubits.stream().mapToDouble(figure).average().orElse(0);
  }

  /// Six digits, in a form that models are read in.
  private static String number(double value) {
    String rounded = String.format(Locale.ROOT, "%.6e", value);
    return Double.toString(Double.parseDouble(rounded)).toLowerCase(Locale.ROOT);
  }
}

package dev.reeve.quantum.compiler;

import dev.reeve.quantum.compiler.CouplingMap.Edge;
import dev.reeve.quantum.simulator.NoiseModel;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Noise by the figures of a device: those of each qubit and of each pair of neighbours, where they
/// are not as the mean. The qubits of a circuit are the device's, as in what is compiled for it.
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
  /// qubits relax while they wait, as often, as fast and as long as the figures say. Turns about Z
  /// are carried out on paper. An error of a gate has in it what its qubits lose meanwhile.
  public static String text(DeviceModel device) {
    Calibration figures = device.calibration();
    List<QubitCalibration> qubits = figures.qubits();
    List<Edge> edges = device.couplings().edges();
    double pairError = 0;
    double pairNanos = 0;
    for (Edge edge : edges) {
      PairCalibration pair = figures.pair(edge.first(), edge.second());
      pairError += pair.error() / edges.size();
      pairNanos += pair.nanos() / edges.size();
    }
    String gate = gate(mean(qubits, QubitCalibration::gateError));
    String pair = pair(edges.isEmpty() ? PairCalibration.TYPICAL.error() : pairError);
    String readout =
        readout(
            mean(qubits, QubitCalibration::zeroAsOne), mean(qubits, QubitCalibration::oneAsZero));
    String relaxation =
        relaxation(
            mean(qubits, QubitCalibration::t1Nanos), mean(qubits, QubitCalibration::t2Nanos));
    String gateTime = number(mean(qubits, QubitCalibration::gateNanos));
    String pairTime = number(edges.isEmpty() ? PairCalibration.TYPICAL.nanos() : pairNanos);
    StringBuilder text = new StringBuilder();
    text.append("depolarizing:").append(gate).append(':').append(pair);
    text.append('+').append(readout).append('+').append(relaxation);
    text.append("+gate_time:").append(gateTime).append(':').append(pairTime).append(':');
    text.append(number(mean(qubits, QubitCalibration::readoutNanos))).append("+virtual_z");
    for (int qubit = 0; qubit < qubits.size(); qubit++) {
      QubitCalibration own = qubits.get(qubit);
      String site = "@" + qubit;
      differing(text, "depolarizing:", gate(own.gateError()), gate, site);
      differing(text, "", readout(own.zeroAsOne(), own.oneAsZero()), readout, site);
      differing(text, "", relaxation(own.t1Nanos(), own.t2Nanos()), relaxation, site);
      differing(text, "gate_time:", number(own.gateNanos()), gateTime, site);
    }
    for (Edge edge : edges) {
      PairCalibration own = figures.pair(edge.first(), edge.second());
      String site = "@" + edge.first() + "-" + edge.second();
      differing(text, "depolarizing:", pair(own.error()), pair, site);
      differing(text, "gate_time:", number(own.nanos()), pairTime, site);
    }
    return text.toString();
  }

  private static void differing(
      StringBuilder text, String name, String own, String ofAll, String site) {
    if (!own.equals(ofAll)) {
      text.append('+').append(name).append(own).append(site);
    }
  }

  private static String gate(double error) {
    return number(Math.min(1, OF_ONE_QUBIT * error));
  }

  private static String pair(double error) {
    return number(Math.min(1, OF_TWO_QUBITS * error));
  }

  private static String readout(double zeroAsOne, double oneAsZero) {
    return "readout:" + number(zeroAsOne) + ":" + number(oneAsZero);
  }

  /// Rounded, a superposition still outlives twice the time of its parts by nothing.
  private static String relaxation(double t1Nanos, double t2Nanos) {
    String t1 = number(t1Nanos / NANOS_PER_MICRO);
    String t2 = number(t2Nanos / NANOS_PER_MICRO);
    double longest = 2 * Double.parseDouble(t1);
    return "relaxation:" + t1 + ":" + (Double.parseDouble(t2) > longest ? plain(longest) : t2);
  }

  private static double mean(
      List<QubitCalibration> qubits, ToDoubleFunction<QubitCalibration> figure) {
    return qubits.stream().mapToDouble(figure).average().orElse(0);
  }

  /// Six digits, in a form that models are read in.
  private static String number(double value) {
    return plain(Double.parseDouble(String.format(Locale.ROOT, "%.6e", value)));
  }

  private static String plain(double value) {
    return Double.toString(value).toLowerCase(Locale.ROOT);
  }
}

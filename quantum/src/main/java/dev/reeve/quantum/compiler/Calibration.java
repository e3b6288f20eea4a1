package dev.reeve.quantum.compiler;

import dev.reeve.base.Check;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.compiler.CouplingMap.Edge;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How long the operations of a device take and how often they go wrong, qubit by qubit and pair by
/// pair. Immutable.
///
/// @param source where the figures are from, for people: `typical` for ones that are the same for
///   every qubit
/// @param tickNanos the device's unit of time, `dt`, in nanoseconds; all begins on a tick
/// @param qubits by qubit
/// @param otherPairs of neighbours that `pairs` does not name
/// @param pairs by edge, the lower qubit first
public record Calibration(
    String source,
    double tickNanos,
    List<QubitCalibration> qubits,
    PairCalibration otherPairs,
    Map<Edge, PairCalibration> pairs) {
  /// The source of figures that nobody measured on this device.
  public static final String TYPICAL = "typical";

  public Calibration {
    Objects.requireNonNull(source, "source");
    Check.argument(
        tickNanos >= 1e-3 && tickNanos <= 1e6, "dt_ns: %s (expected: 0.001 to 1e6)", tickNanos);
    Objects.requireNonNull(otherPairs, "otherPairs");
    qubits = List.copyOf(qubits);
    pairs = Map.copyOf(pairs);
  }

  /// The same typical figures for every qubit and every pair; a tick is a nanosecond.
  public static Calibration typical(CouplingMap couplings) {
    return new Calibration(
        TYPICAL,
        1,
        Collections.nCopies(couplings.qubits(), QubitCalibration.TYPICAL),
        PairCalibration.TYPICAL,
        Map.of());
  }

  /// One qubit's figures.
  public QubitCalibration qubit(int qubit) {
    return qubits.get(qubit);
  }

  /// The figures of two neighbours, either way round.
  public PairCalibration pair(int first, int second) {
    return pairs.getOrDefault(
        new Edge(Math.min(first, second), Math.max(first, second)), otherPairs);
  }

  /// Whether all qubits are alike, and all pairs.
  boolean isUniform() {
    return new HashSet<>(qubits).size() <= 1
        && pairs.values().stream().allMatch(otherPairs::equals);
  }

  /// A number of ticks that is no shorter than a length of time.
  long ticks(double nanos) {
    return (long) Math.ceil(nanos / tickNanos - 1e-6);
  }

  /// The figures of a part of the device.
  ///
  /// @param kept the device's qubit of each of the part
  public Calibration of(Indexes kept) {
    Map<Integer, Integer> place = new HashMap<>();
    for (int i = 0; i < kept.size(); i++) {
      place.put(kept.get(i), i);
    }
    Map<Edge, PairCalibration> inside = new HashMap<>();
    pairs.forEach((edge, pair) -> {
      Integer first = place.get(edge.first());
      Integer second = place.get(edge.second());
      if (first != null && second != null) {
        inside.put(new Edge(Math.min(first, second), Math.max(first, second)), pair);
      }
    });
    List<QubitCalibration> some = Arrays.stream(kept.toArray()).mapToObj(qubits::get).toList();
    return new Calibration(source, tickNanos, some, otherPairs, inside);
  }
}

package dev.reeve.quantum;

import dev.reeve.base.Check;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// A place where circuits run, as data. Whether it is online and how long its queue is are facts of
/// the moment and live elsewhere.
///
/// @param id `vendor:device`
/// @param name for people
/// @param backendType `simulator` or `qpu`; what device lists filter by
/// @param qubits most qubits a circuit may use
/// @param shotsMax most shots of one run
/// @param capabilities what clients are shown, sorted by key
public record Device(
    String id,
    String name,
    String backendType,
    int qubits,
    int shotsMax,
    SortedMap<String, String> capabilities) {
  public Device {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(backendType, "backendType");
    Check.argument(id.matches("[a-z0-9-]+:[a-z0-9._-]+"), "id: %s (expected: vendor:device)", id);
    Check.argument(qubits >= 1, "qubits: %d (expected: >= 1)", qubits);
    Check.argument(shotsMax >= 1, "shotsMax: %d (expected: >= 1)", shotsMax);
    capabilities = Collections.unmodifiableSortedMap(new TreeMap<>(capabilities));
  }

  /// The same device with more capabilities shown.
  public Device with(Map<String, String> more) {
    TreeMap<String, String> merged = new TreeMap<>(capabilities);
    merged.putAll(more);
    return new Device(id, name, backendType, qubits, shotsMax, merged);
  }
}

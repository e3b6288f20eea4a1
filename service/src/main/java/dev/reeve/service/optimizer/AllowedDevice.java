package dev.reeve.service.optimizer;

import dev.reeve.base.CanonicalWriter;
import dev.reeve.base.Sha256;
import dev.reeve.quantum.Circuit;
import dev.reeve.quantum.Indexes;
import dev.reeve.quantum.Register;
import dev.reeve.quantum.compiler.CouplingMap;
import dev.reeve.quantum.compiler.CouplingMap.Edge;
import dev.reeve.quantum.compiler.DeviceModel;
import dev.reeve.quantum.compiler.Relabelled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The part of a device that a policy leaves: its largest piece in one.
///
/// @param model the piece, its qubits counted from 0
/// @param qubits the device's qubit of each
/// @param size how many qubits the whole device has
record AllowedDevice(DeviceModel model, Indexes qubits, int size) {
  /// Empty when nothing is left.
  static Optional<AllowedDevice> of(DeviceModel device, MappingPolicy policy) {
    CouplingMap couplings = device.couplings();
    Map<Integer, List<Integer>> neighbours = new HashMap<>();
    for (int qubit = 0; qubit < couplings.qubits(); qubit++) {
      if (!policy.forbiddenQubits().contains(qubit)) {
        neighbours.put(qubit, new ArrayList<>());
      }
    }
    List<Edge> allowed = new ArrayList<>();
    for (Edge edge : couplings.edges()) {
      List<Integer> first = neighbours.get(edge.first());
      List<Integer> second = neighbours.get(edge.second());
      if (first != null && second != null && !policy.forbiddenEdges().contains(edge)) {
        first.add(edge.second());
        second.add(edge.first());
        allowed.add(edge);
      }
    }
    TreeSet<Integer> largest = new TreeSet<>();
    TreeSet<Integer> left = new TreeSet<>(neighbours.keySet());
    while (!left.isEmpty()) {
      TreeSet<Integer> piece = piece(left.first(), neighbours);
      left.removeAll(piece);
      largest = piece.size() > largest.size() ? piece : largest;
    }
    return largest.isEmpty() ? Optional.empty() : Optional.of(piece(device, largest, allowed));
  }

  private static TreeSet<Integer> piece(int start, Map<Integer, List<Integer>> neighbours) {
    TreeSet<Integer> piece = new TreeSet<>();
    Deque<Integer> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      int qubit = next.pop();
      if (piece.add(qubit)) {
        next.addAll(neighbours.getOrDefault(qubit, List.of()));
      }
    }
    return piece;
  }

  private static AllowedDevice piece(
      DeviceModel device, TreeSet<Integer> piece, List<Edge> allowed) {
    Map<Integer, Integer> place = new HashMap<>();
    piece.forEach(qubit -> place.put(qubit, place.size()));
    List<Edge> edges = new ArrayList<>();
    for (Edge edge : allowed) {
      Integer first = place.get(edge.first());
      Integer second = place.get(edge.second());
      if (first != null && second != null) {
        edges.add(new Edge(first, second));
      }
    }
    Indexes qubits = Indexes.of(piece.stream().mapToInt(Integer::intValue).toArray());
    return new AllowedDevice(
        new DeviceModel(
            device.name(), CouplingMap.of(piece.size(), edges), device.calibration().of(qubits)),
        qubits,
        device.couplings().qubits());
  }

  /// A circuit on the piece as one on the device.
  Circuit onDevice(Circuit circuit) {
    return new Circuit(
        size,
        circuit.bits(),
        circuit.variables(),
        List.of(new Register("q", 0, size)),
        circuit.bitRegisters(),
        circuit.operations().stream().map(each -> Relabelled.of(each, qubits::get)).toList());
  }

  /// Digest of a device's couplings: of `{"edges":[[0,1],..],"qubits":N}`, edges in order.
  static String digest(DeviceModel device) {
    CanonicalWriter json = new CanonicalWriter().beginObject().key("edges").beginArray();
    device.couplings().edges().stream()
        .distinct()
        .sorted(Comparator.comparingInt(Edge::first).thenComparingInt(Edge::second))
        .forEach(edge -> json.beginArray().value(edge.first()).value(edge.second()).endArray());
    json.endArray().member("qubits", device.couplings().qubits());
    return Sha256.of(json.endObject().toBytes()).hex();
  }
}

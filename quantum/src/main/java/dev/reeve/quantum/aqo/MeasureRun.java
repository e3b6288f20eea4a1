package dev.reeve.quantum.aqo;

import dev.reeve.quantum.Indexes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Measurements one after the other, said as one operation while no qubit and no bit comes twice.
final class MeasureRun {
  private final List<AqoOperation> out;
  private final Map<Integer, Integer> bitByQubit = new LinkedHashMap<>();
  private final Set<Integer> bits = new HashSet<>();

  MeasureRun(List<AqoOperation> out) {
    this.out = out;
  }

  void add(int qubit, int bit) {
    if (bitByQubit.containsKey(qubit) || bits.contains(bit)) {
      end();
    }
    bitByQubit.put(qubit, bit);
    bits.add(bit);
  }

  void end() {
    if (bitByQubit.isEmpty()) {
      return;
    }
    out.add(
        new AqoOperation.Measure(
            indexes(bitByQubit.keySet().stream().toList()),
            indexes(new ArrayList<>(bitByQubit.values())),
            Optional.empty()));
    bitByQubit.clear();
    bits.clear();
  }

  private static Indexes indexes(List<Integer> values) {
    return Indexes.of(values.stream().mapToInt(Integer::intValue).toArray());
  }
}

package dev.reeve.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects the faults of one file. Keeps the first hundred, which is more than anyone reads, and
/// counts the rest. Used by one thread.
final class Faults {
  private static final int KEPT_MAX = 100;

  private final List<PolicyFault> kept = new ArrayList<>();
  private int dropped;

  void add(YamlNode.Place place, String path, String message) {
    PolicyFault fault = new PolicyFault(place.line(), place.column(), path, message);
    if (kept.contains(fault)) {
      return; // Who reads a value twice finds the same wrong twice.
    }
    if (kept.size() < KEPT_MAX) {
      kept.add(fault);
    } else {
      dropped++;
    }
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  /// All that was kept in the order of the file, and a last one about those that were not.
  List<PolicyFault> inOrder() {
    List<PolicyFault> sorted = new ArrayList<>(kept);
    sorted.sort(Comparator.comparingInt(PolicyFault::line).thenComparingInt(PolicyFault::column));
    if (dropped > 0) {
      PolicyFault last = sorted.getLast();
      sorted.add(
          new PolicyFault(last.line(), last.column(), "", "and " + dropped + " further problems"));
    }
    return sorted;
  }
}

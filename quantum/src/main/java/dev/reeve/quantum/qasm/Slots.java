package dev.reeve.quantum.qasm;

import java.util.HashMap;
import java.util.Map;

/// Gives places of the program slots in the circuit's memory. A place that is reached again, in the
/// next round of a loop, has its slot again.
final class Slots {
  private final Map<Site, Integer> numbers = new HashMap<>();

  /// What a place keeps.
  enum Use {
    VARIABLE,
    ELEMENT,
    RESULT,
    RETURNED,
    LEFT,
    SKIPPED,
    ENDED,
    SPLIT,
    CONDITION
  }

  /// A place that keeps something.
  ///
  /// @param depth calls within calls
  /// @param offset in the source
  /// @param element number of the element of an array, else 0
  record Site(Use use, int depth, int offset, int element) {}

  int of(Site site) {
    return numbers.computeIfAbsent(site, _ -> numbers.size());
  }

  /// The slot of a place if it has one, else -1.
  int existing(Site site) {
    return numbers.getOrDefault(site, -1);
  }

  int count() {
    return numbers.size();
  }
}

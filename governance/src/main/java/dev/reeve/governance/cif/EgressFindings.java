package dev.reeve.governance.cif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is found in one payload: the first places, and how much in all. Confined to one call.
final class EgressFindings {
  private static final int PLACES_MAX = 128;

  private final List<BoundaryFinding> places = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  void add(BoundaryFinding finding) {
    counts.merge(finding.detector(), 1, Integer::sum);
    if (places.size() < PLACES_MAX) {
      places.add(finding);
    }
  }

  List<BoundaryFinding> places() {
    return places;
  }

  Map<String, Integer> counts() {
    return counts;
  }

  /// Where what was found, in words without content.
  List<String> violations() {
    return places.stream()
        .map(finding ->
            (finding.path().isEmpty() ? "payload" : finding.path()) + ": " + finding.detector())
        .distinct()
        .toList();
  }
}

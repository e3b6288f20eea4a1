package dev.reeve.service.driver;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a driver says it measured. Nothing of it is believed before [#trouble] is asked.
///
/// @param counts bit string to how often it was measured
/// @param seconds how long the device ran
/// @param metadata the driver's own facts
public record DriverCounts(
    SortedMap<String, Long> counts, double seconds, SortedMap<String, String> metadata) {
  /// The same of maps in any order.
  public DriverCounts(Map<String, Long> counts, double seconds, Map<String, String> metadata) {
    this(
        Collections.unmodifiableSortedMap(new TreeMap<>(counts)),
        seconds,
        DriverReport.bounded(metadata));
  }

  /// What is wrong with the counts of a run; empty when they can be its result.
  ///
  /// @param bits most classical bits of the circuit
  String trouble(int shots, int bits) {
    long sum = 0;
    int width = -1;
    for (Map.Entry<String, Long> one : counts.entrySet()) {
      String outcome = one.getKey();
      if (width < 0) {
        width = outcome.length();
      }
      boolean isBits = outcome.chars().allMatch(c -> c == '0' || c == '1');
      if (!isBits || outcome.length() != width || width > bits) {
        return "outcomes that are no bit strings of one width, at most " + bits + " bits";
      }
      if (one.getValue() < 0 || one.getValue() > shots) {
        return one.getValue() + " times one outcome";
      }
      sum += one.getValue();
    }
    return sum == shots ? "" : sum + " shots where " + shots + " were asked for";
  }
}

package dev.reeve.service.bus;

import dev.reeve.base.Check;
import java.time.Duration;
import java.util.List;

/// A stream that keeps messages on disk until they are too old or too many.
///
/// @param name letters, digits, `_`, `-`
/// @param patterns subjects that it keeps, at least one
/// @param ageMax how long a message is kept
/// @param sizeMaxBytes how much is kept, the oldest going first; 0: as much as the broker allows
/// @param duplicateWindow how long a message id is remembered
/// @param replicas copies in a cluster, 1 to 5; fewer when the cluster is smaller
public record StreamSpec(
    String name,
    List<String> patterns,
    Duration ageMax,
    long sizeMaxBytes,
    Duration duplicateWindow,
    int replicas) {
  public StreamSpec {
    Subjects.requireName("name", name);
    patterns = List.copyOf(patterns);
    Check.argument(!patterns.isEmpty(), "patterns: [] (expected: at least one)");
    patterns.forEach(Subjects::requirePattern);
    Check.argument(ageMax.isPositive(), "age_max: %s (expected: above 0)", ageMax);
    Check.argument(sizeMaxBytes >= 0, "size_max: %s (expected: 0 or more)", sizeMaxBytes);
    Check.argument(
        duplicateWindow.isPositive() && duplicateWindow.compareTo(ageMax) <= 0,
        "duplicate_window: %s (expected: above 0, at most age_max)",
        duplicateWindow);
    Check.argument(replicas >= 1 && replicas <= 5, "replicas: %s (expected: 1 to 5)", replicas);
  }

  /// Seven days, any size, two minutes of duplicates, one copy.
  public static StreamSpec of(String name, List<String> patterns) {
    return new StreamSpec(name, patterns, Duration.ofDays(7), 0, Duration.ofMinutes(2), 1);
  }

  /// The same with other copies.
  public StreamSpec withReplicas(int copies) {
    return new StreamSpec(name, patterns, ageMax, sizeMaxBytes, duplicateWindow, copies);
  }
}

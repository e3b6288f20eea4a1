package dev.reeve.scan;

import dev.reeve.base.Check;
import java.util.Objects;

/// What a detector finds, and what it does not.
///
/// @param scanner family that it belongs to
/// @param type kind of finding on the wire
/// @param name unique within the scanner
/// @param title what is found, in a few words; the detail of its findings
/// @param severity of its findings
/// @param confidence of its findings, unless the detector knows better in a single case
/// @param rank how specific it is: where two hits of one scanner overlap, the lower rank wins
/// @param misses what it does not catch, one sentence
public record DetectorInfo(
    String scanner,
    String type,
    String name,
    String title,
    Severity severity,
    double confidence,
    int rank,
    String misses) {
  /// A form of its own, such as a token with a prefix.
  public static final int SPECIFIC = 0;

  /// A value that means something only after a certain word.
  public static final int CONTEXTUAL = 1;

  /// A guess by the looks of it.
  public static final int GENERIC = 2;

  public DetectorInfo {
    Check.argument(!scanner.isEmpty(), "scanner: empty (expected: a name)");
    Check.argument(!name.isEmpty(), "name: empty (expected: a name)");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(misses, "misses");
    Check.argument(
        confidence > 0 && confidence <= 1, "confidence: %s (expected: in (0, 1])", confidence);
  }
}

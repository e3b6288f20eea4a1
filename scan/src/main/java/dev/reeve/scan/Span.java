package dev.reeve.scan;

import dev.reeve.base.Check;
import java.util.Objects;

/// A run of bytes that a scanner wants gone.
///
/// @param start offset of the first byte
/// @param end offset of the byte after the last
/// @param scanner who found it
/// @param detector which of its detectors; empty when that does not matter
public record Span(long start, long end, String scanner, String detector) {
  public Span {
    Objects.requireNonNull(scanner, "scanner");
    Objects.requireNonNull(detector, "detector");
    Check.argument(0 <= start && start < end, "start: %s (expected: 0 <= start < %s)", start, end);
  }

  /// A run found by whichever detector.
  public Span(long start, long end, String scanner) {
    this(start, end, scanner, "");
  }
}

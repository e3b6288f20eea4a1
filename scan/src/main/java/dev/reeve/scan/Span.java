package dev.reeve.scan;

import dev.reeve.base.Check;
import java.util.Objects;

/// A run of bytes that a scanner wants gone.
///
/// @param start offset of the first byte
/// @param end offset of the byte after the last
/// @param scanner who found it
public record Span(long start, long end, String scanner) {
  public Span {
    Objects.requireNonNull(scanner, "scanner");
    Check.argument(0 <= start && start < end, "start: %s (expected: 0 <= start < %s)", start, end);
  }
}

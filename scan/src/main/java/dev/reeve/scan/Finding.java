package dev.reeve.scan;

import dev.reeve.base.Check;
import java.util.Objects;

/// One thing that was found. Never holds the text itself, so that a finding may be logged.
///
/// @param scanner the family that policy selects by: `secret`, `pii`, `injection`,
///   `prompt_injection`, `keyword`, or the name of a custom scanner
/// @param type kind of finding on the wire, such as `secret_leak`
/// @param detector name of the detector within its scanner, such as `github-token`
/// @param start offset of its first byte in the UTF-8 content
/// @param end offset of the byte after its last
/// @param severity how bad it is
/// @param confidence how sure the detector is, in (0, 1]
/// @param detail what was found, in words
public record Finding(
    String scanner,
    String type,
    String detector,
    long start,
    long end,
    Severity severity,
    double confidence,
    String detail) {
  public Finding {
    Objects.requireNonNull(scanner, "scanner");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(detail, "detail");
    Check.argument(0 <= start && start < end, "start: %s (expected: 0 <= start < %s)", start, end);
    Check.argument(
        confidence > 0 && confidence <= 1, "confidence: %s (expected: in (0, 1])", confidence);
  }

  /// Length in bytes.
  public long length() {
    return end - start;
  }
}

package dev.reeve.policy;

/// Something that was found in an output. Never holds the text itself.
///
/// @param type kind of finding, such as `secret_leak`
/// @param severity how bad
/// @param detail words for people
/// @param offset of its first byte
/// @param length in bytes; 0 when it is about the whole
/// @param scanner who found it; empty when nobody looked
/// @param confidence in (0, 1]
/// @param matchedPattern name of the detector, or the pattern or keyword of the rule
public record OutputFinding(
    String type,
    RuleSeverity severity,
    String detail,
    long offset,
    long length,
    String scanner,
    double confidence,
    String matchedPattern) {
  /// Not all of the content was looked at.
  public static final String CONTENT_TRUNCATED = "content_truncated";

  /// The content could not be read.
  public static final String POINTER_UNREADABLE = "pointer_unreadable";

  /// The content could not be looked at.
  public static final String OUTPUT_NOT_SCANNED = "output_not_scanned";

  /// A finding about the output as a whole.
  public static OutputFinding whole(String type, String detail) {
    return new OutputFinding(type, RuleSeverity.CRITICAL, detail, 0, 0, "", 1.0, "");
  }
}

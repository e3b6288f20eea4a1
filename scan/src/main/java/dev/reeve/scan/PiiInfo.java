package dev.reeve.scan;

/// Makes the infos of personal data.
final class PiiInfo {
  static final String SCANNER = "pii";

  private PiiInfo() {}

  /// A form that its digits prove.
  static DetectorInfo proven(String name, String title, double confidence, String misses) {
    return new DetectorInfo(
        SCANNER, "pii", name, title, Severity.HIGH, confidence, DetectorInfo.SPECIFIC, misses);
  }

  /// A number that means something only near a word.
  static DetectorInfo contextual(String name, String title, String misses) {
    return new DetectorInfo(
        SCANNER, "pii", name, title, Severity.HIGH, 0.9, DetectorInfo.CONTEXTUAL, misses);
  }
}

package dev.reeve.scan;

/// Bounds of a scan. They hold for every content and every set of rules.
public final class ScanLimits {
  /// Findings reported per detector.
  public static final int FINDINGS_PER_DETECTOR_MAX = 10;

  /// Findings reported per scanner.
  public static final int FINDINGS_PER_SCANNER_MAX = 32;

  /// Hits of each scanner that are kept; beyond them a result says overflow. To redact more, what
  /// was found is cut out and the rest is scanned again.
  public static final int HITS_MAX = 16_384;

  /// Characters of a pattern or keyword that a finding may quote.
  public static final int QUOTED_MAX = 160;

  /// Bytes before a trigger that a detector may look at.
  public static final int LOOK_BEHIND_BYTES = 512;

  /// Bytes after a trigger that a detector may look at; also the longest finding.
  public static final int LOOK_AHEAD_BYTES = 8_192;

  /// Bytes a regular expression of a rule may run over.
  public static final int REGION_BYTES = 512;

  /// Bytes that are examined at a time.
  static final int STEP_BYTES = 65_536;

  private ScanLimits() {}
}

package dev.reeve.policy;

/// How input rules run.
///
/// @param enabled whether they run at all
/// @param failClosed whether content that could not be scanned counts as a match; true unless said
/// @param strict whether content of which the caller sent a part only counts as not scanned
/// @param maxScanBytes how much of a content is looked at
public record InputPolicy(boolean enabled, boolean failClosed, boolean strict, int maxScanBytes) {
  /// Most bytes that can be scanned.
  public static final int SCAN_BYTES_MAX = 2 * 1024 * 1024;

  public static final InputPolicy DEFAULT = new InputPolicy(true, true, false, SCAN_BYTES_MAX);

  /// What is strict in one of both.
  InputPolicy stricter(InputPolicy other) {
    return new InputPolicy(
        enabled || other.enabled,
        failClosed || other.failClosed,
        strict || other.strict,
        Math.max(maxScanBytes, other.maxScanBytes));
  }
}

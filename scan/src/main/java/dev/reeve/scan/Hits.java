package dev.reeve.scan;

/// Takes what a detector finds. Indices are those of the [Window]. A hit that begins within an
/// earlier one of the same detector is ignored.
public interface Hits {
  /// A hit with a confidence and a detail of its own.
  void add(DetectorInfo info, int start, int end, double confidence, String detail);

  /// A hit as the detector's info describes it.
  default void add(DetectorInfo info, int start, int end) {
    add(info, start, end, info.confidence(), info.title());
  }
}

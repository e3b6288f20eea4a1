package dev.reeve.scan;

import java.util.List;

/// A labelled text.
///
/// @param text what is scanned
/// @param planted what a scanner should find in it; empty for a negative
record CorpusItem(String text, List<Planted> planted) {
  /// @param scanner that should find it
  /// @param detector that should find it
  /// @param value as it stands in the text
  record Planted(String scanner, String detector, String value) {}

  static CorpusItem negative(String text) {
    return new CorpusItem(text, List.of());
  }

  static CorpusItem positive(String scanner, String detector, String value, String text) {
    return new CorpusItem(text, List.of(new Planted(scanner, detector, value)));
  }
}

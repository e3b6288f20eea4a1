package dev.reeve.policy;

import java.util.List;
import java.util.Optional;

/// Looks into content for an input rule. Given by whoever knows the detectors.
public interface InputScanner {
  /// Knows no scanner.
  InputScanner NONE = (_, _) -> Optional.empty();

  /// What a scanner finds in a text; empty when there is no scanner of this name or it failed.
  Optional<List<InputFinding>> scan(String scanner, String text);
}

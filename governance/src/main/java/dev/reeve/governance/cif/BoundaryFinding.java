package dev.reeve.governance.cif;

import java.util.Objects;

/// One thing that was found in one field. Never holds the text itself.
///
/// @param detector name of the rule
/// @param path the field, dotted, with `[i]` for elements; empty for the whole payload
/// @param start first character of it in the field, counted in UTF-16 units
/// @param end the character after its last
/// @param score how sure the rule is, in (0, 1]
/// @param encoded whether it shows only in the normal form; then the span is the whole field
public record BoundaryFinding(
    String detector, String path, int start, int end, double score, boolean encoded) {
  public BoundaryFinding {
    Objects.requireNonNull(detector, "detector");
    Objects.requireNonNull(path, "path");
  }

  /// The same finding in another field.
  BoundaryFinding at(String where) {
    return new BoundaryFinding(detector, where, start, end, score, encoded);
  }

  /// The same finding, its path below another field.
  public BoundaryFinding within(String field) {
    String dot = path.isEmpty() || path.startsWith("[") ? "" : ".";
    return at(field + dot + path);
  }
}

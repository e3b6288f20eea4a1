package dev.reeve.governance.cif;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON document as a tree. Numbers keep the text they were written with; members keep their
/// order. Immutable.
public sealed interface JsonValue {
  /// A string.
  record Text(String value) implements JsonValue {}

  /// A number as it was written.
  record Numeral(String literal) implements JsonValue {}

  /// `true` or `false`.
  record Truth(boolean value) implements JsonValue {}

  /// `null`.
  record Absent() implements JsonValue {}

  /// An array.
  record Items(List<JsonValue> values) implements JsonValue {
    public Items {
      values = List.copyOf(values);
    }
  }

  /// An object.
  record Members(Map<String, JsonValue> values) implements JsonValue {
    public Members {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }
}

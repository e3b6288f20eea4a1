package dev.reeve.governance.genome;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Any JSON value. Numbers are those of ECMAScript, since the canonical form is the text that
/// `JSON.stringify` makes. Immutable.
sealed interface Json {
  /// Members in the order of the document.
  record JsonObject(Map<String, Json> members) implements Json {
    public JsonObject {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  record JsonArray(List<Json> elements) implements Json {
    public JsonArray {
      elements = List.copyOf(elements);
    }
  }

  record JsonText(String value) implements Json {}

  /// Always finite.
  record JsonNumber(double value) implements Json {}

  record JsonTruth(boolean value) implements Json {}

  record JsonNull() implements Json {}
}

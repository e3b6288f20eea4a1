package dev.reeve.quantum.hybrid;

import java.util.Map;

/// Numbers by name as the text of a JSON object, as facts of results hold them.
public final class JsonNumbers {
  private JsonNumbers() {}

  /// @param values by names that need no escapes
  public static String object(Map<String, Double> values) {
    StringBuilder text = new StringBuilder("{");
    values.forEach((name, value) ->
        text.append(text.length() > 1 ? "," : "")
            .append('"')
            .append(name)
            .append("\":")
            .append(value));
    return text.append('}').toString();
  }
}

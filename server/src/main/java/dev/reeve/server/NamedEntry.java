package dev.reeve.server;

import java.util.Map;

/// One entry of a table of the configuration as the file has it.
///
/// @param name its key in the table
/// @param place file and line, for messages
/// @param texts plain values by key
record NamedEntry(String name, String place, Map<String, String> texts) {
  NamedEntry {
    texts = Map.copyOf(texts);
  }

  String text(String key) {
    return texts.getOrDefault(key, "");
  }
}

package dev.reeve.server;

import java.util.List;
import java.util.Map;

/// One entry of `providers` as the file has it.
///
/// @param place file and line, for messages
/// @param texts plain values by key
/// @param models names of models
/// @param prices texts of prices by model, then by word
record ProviderEntry(
    String place,
    Map<String, String> texts,
    List<String> models,
    Map<String, Map<String, String>> prices) {
  ProviderEntry {
    texts = Map.copyOf(texts);
    models = List.copyOf(models);
    prices = Map.copyOf(prices);
  }

  String text(String key) {
    return texts.getOrDefault(key, "");
  }
}

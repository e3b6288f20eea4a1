package dev.reeve.server;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Reads YAML without what lets a small file become a large one, or one name say two things.
final class StrictYaml {
  private StrictYaml() {}

  /// @return null for a document that says nothing
  /// @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException for what is no YAML
  static @Nullable Object load(String text) {
    return new Load(
            LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(Math.max(1, text.length()))
                .build())
        .loadFromString(text);
  }
}

package dev.reeve.server;

import dev.reeve.service.provider.ModelCache;
import java.util.List;

/// What the configuration says of calls of models.
///
/// @param providers in their order
/// @param releasesWhole whether an answer that streams leaves only as a whole
/// @param cache whether and how long answers are kept
record ModelSettings(
    List<ConfiguredProvider> providers, boolean releasesWhole, ModelCache.Settings cache) {
  ModelSettings {
    providers = List.copyOf(providers);
  }
}

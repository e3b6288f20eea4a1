package dev.reeve.server;

import dev.reeve.providers.ProviderSettings;
import dev.reeve.service.provider.ProviderFacts;

/// One entry of `providers`, read.
sealed interface ConfiguredProvider permits ConfiguredProvider.Api, RemoteSettings {
  /// One that is reached by the API of a vendor.
  record Api(ProviderSettings settings) implements ConfiguredProvider {
    @Override
    public ProviderFacts facts() {
      return settings.facts();
    }

    @Override
    public String missingKey() {
      return settings.missingKey();
    }
  }

  ProviderFacts facts();

  /// The variable that should have its key and is not set; empty when all is well.
  String missingKey();
}

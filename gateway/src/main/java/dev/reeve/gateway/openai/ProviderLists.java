package dev.reeve.gateway.openai;

import dev.reeve.service.provider.ModelProvider;
import dev.reeve.service.provider.ProviderDirectory;
import dev.reeve.service.provider.ProviderFacts;
import dev.reeve.service.provider.ProviderHealth;
import dev.reeve.wire.reeve.v1.ListModelsResponse;
import dev.reeve.wire.reeve.v1.ListProvidersResponse;
import dev.reeve.wire.reeve.v1.Model;
import dev.reeve.wire.reeve.v1.ModelPrice;
import dev.reeve.wire.reeve.v1.ProviderInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The configured providers and their models as messages.
final class ProviderLists {
  private ProviderLists() {}

  static ListModelsResponse models(ProviderDirectory providers) {
    Map<String, List<String>> models = new TreeMap<>();
    for (ModelProvider provider : providers.all()) {
      for (String model : provider.facts().models()) {
        models.computeIfAbsent(model, _ -> new ArrayList<>()).add(provider.facts().id());
      }
    }
    ListModelsResponse.Builder out = ListModelsResponse.newBuilder();
    models.forEach(
        (model, ids) -> out.addModels(Model.newBuilder().setId(model).addAllProviderIds(ids)));
    return out.build();
  }

  static ListProvidersResponse providers(ProviderDirectory providers) {
    ListProvidersResponse.Builder out = ListProvidersResponse.newBuilder();
    providers.all().forEach(provider -> out.addProviders(encode(provider)));
    return out.build();
  }

  private static ProviderInfo encode(ModelProvider provider) {
    ProviderFacts facts = provider.facts();
    ProviderHealth health = provider.health();
    ProviderInfo.Builder out =
        ProviderInfo.newBuilder()
            .setId(facts.id())
            .setKind(facts.kind())
            .setAddress(facts.address())
            .addAllModels(facts.models())
            .setHealth(health.status().name().toLowerCase(Locale.ROOT))
            .setCalls(health.calls())
            .setFailures(health.failures())
            .setLatencyMs(health.latencyMillis())
            .setLastFailure(health.lastFailure());
    new TreeMap<>(facts.prices())
        .forEach((model, price) -> {
          if (facts.serves(model)) {
            out.addPrices(encode(model, price));
          }
        });
    return out.build();
  }

  private static ModelPrice.Builder encode(
      String model, dev.reeve.service.provider.ModelPrice price) {
    return ModelPrice.newBuilder()
        .setModel(model)
        .setInput(price.input().toPlainString())
        .setCachedInput(price.cachedInput().toPlainString())
        .setOutput(price.output().toPlainString());
  }
}

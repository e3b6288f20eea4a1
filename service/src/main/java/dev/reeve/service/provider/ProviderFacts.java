package dev.reeve.service.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What is known about a provider without asking it. Never a key.
///
/// @param id its name in the configuration, in routing policies and in receipts
/// @param kind `openai`, `anthropic`, `gemini`, `bedrock`, `ollama` or `remote`
/// @param address where it is, for people
/// @param models the models that it serves; none: whatever is asked for
/// @param prices by model; a model without one counts as free
/// @param timeout longest time for an answer
public record ProviderFacts(
    String id,
    String kind,
    String address,
    List<String> models,
    Map<String, ModelPrice> prices,
    Duration timeout) {
  public ProviderFacts {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(timeout, "timeout");
    models = List.copyOf(models);
    prices = Map.copyOf(prices);
  }

  /// Whether it serves a model under this name.
  public boolean serves(String model) {
    return models.isEmpty() || models.contains(model);
  }

  /// What a model costs here; empty when nobody said.
  public Optional<ModelPrice> price(String model) {
    return Optional.ofNullable(prices.get(model));
  }
}

package dev.reeve.service.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The configured providers, in their order. Immutable.
public final class ProviderDirectory {
  /// Nobody.
  public static final ProviderDirectory EMPTY = new ProviderDirectory(List.of());

  private final Map<String, ModelProvider> byId = new LinkedHashMap<>();

  /// @throws IllegalArgumentException when two have the same id
  public ProviderDirectory(List<ModelProvider> providers) {
    for (ModelProvider provider : providers) {
      if (byId.putIfAbsent(provider.facts().id(), provider) != null) {
        throw new IllegalArgumentException("provider twice: " + provider.facts().id());
      }
    }
  }

  /// A provider and the model to ask it for.
  public record Target(ModelProvider provider, String model) {}

  /// All of them.
  public List<ModelProvider> all() {
    return List.copyOf(byId.values());
  }

  /// One by its id.
  public Optional<ModelProvider> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// Whether anybody serves a model.
  boolean serves(String model) {
    return byId.values().stream().anyMatch(provider -> provider.facts().serves(model));
  }

  /// Who is meant by a candidate of a routing policy: a provider's id, or `ID:MODEL`. A provider
  /// that does not serve the model that was asked for is asked for its first one.
  Optional<Target> target(String candidate, String model) {
    ModelProvider exact = byId.get(candidate);
    if (exact != null) {
      List<String> own = exact.facts().models();
      return Optional.of(new Target(exact, exact.facts().serves(model) ? model : own.getFirst()));
    }
    for (int at = candidate.lastIndexOf(':'); at > 0; at = candidate.lastIndexOf(':', at - 1)) {
      ModelProvider named = byId.get(candidate.substring(0, at));
      if (named != null && at + 1 < candidate.length()) {
        return Optional.of(new Target(named, candidate.substring(at + 1)));
      }
    }
    return Optional.empty();
  }
}

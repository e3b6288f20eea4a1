package dev.reeve.routing;

import java.util.Map;

/// What is known of providers beforehand, by id: latency, prices, label. What a policy says of its
/// own provider goes before it, and what was observed before both.
public record ProviderCatalogue(Map<String, ProviderPrior> priors) {
  public static final ProviderCatalogue EMPTY = new ProviderCatalogue(Map.of());

  public ProviderCatalogue {
    priors = Map.copyOf(priors);
  }

  /// What is known of a provider; [ProviderPrior#UNKNOWN] when that is nothing.
  public ProviderPrior prior(String providerId) {
    ProviderPrior prior = priors.get(providerId);
    return prior == null ? ProviderPrior.UNKNOWN : prior;
  }
}

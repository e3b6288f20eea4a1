package dev.reeve.providers;

import dev.reeve.base.Bytes;
import dev.reeve.service.provider.CancelSignal;
import dev.reeve.service.provider.ModelOpening;
import dev.reeve.service.provider.ModelOutcome;
import dev.reeve.service.provider.ModelProvider;
import dev.reeve.service.provider.ModelRequest;
import dev.reeve.service.provider.ProviderErrorClass;
import dev.reeve.service.provider.ProviderFacts;
import dev.reeve.service.provider.ProviderFailure;
import dev.reeve.service.provider.ProviderHealth;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A provider whose key is not there. It is down from the beginning: nothing is sent to somebody
/// who could only refuse it, and others are asked in its place. Safe on any thread.
final class KeylessProvider implements ModelProvider {
  private final ProviderFacts facts;
  private final ProviderFailure failure;

  /// @param variable that should hold the key
  KeylessProvider(ProviderFacts facts, String variable) {
    this.facts = facts;
    failure =
        new ProviderFailure(
            ProviderErrorClass.KEY_MISSING,
            0,
            facts.id() + " has no key: the variable " + variable + " is not set",
            true,
            Optional.empty(),
            Bytes.EMPTY);
  }

  @Override
  public ProviderFacts facts() {
    return facts;
  }

  @Override
  public CompletableFuture<ModelOutcome> invoke(ModelRequest request, CancelSignal cancel) {
    return CompletableFuture.completedFuture(new ModelOutcome.Failed(failure));
  }

  @Override
  public ModelOpening open(ModelRequest request, CancelSignal cancel) {
    return new ModelOpening.Failed(failure);
  }

  @Override
  public ProviderHealth health() {
    return new ProviderHealth(ProviderHealth.Status.UNHEALTHY, 0, 0, 0, failure.message());
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}

package dev.reeve.service.provider;

import java.util.concurrent.CompletableFuture;

/// One configured way to models. Safe on any thread; calls end when they are answered, have failed,
/// are out of time, or are cancelled.
///
/// An implementation never throws for what a provider or a network does, never logs a key or a
/// payload, and repeats a call by itself only where the provider cannot have begun to answer.
public interface ModelProvider extends AutoCloseable {
  /// What is known about it without asking it.
  ProviderFacts facts();

  /// Calls it for the whole answer. Does not block; completes on any thread, always with an
  /// outcome.
  CompletableFuture<ModelOutcome> invoke(ModelRequest request, CancelSignal cancel);

  /// Calls it and blocks until it begins to answer or has failed.
  ModelOpening open(ModelRequest request, CancelSignal cancel);

  /// How its latest calls went; asks nobody.
  ProviderHealth health();

  /// Lets go of connections; calls in progress fail.
  @Override
  void close();
}

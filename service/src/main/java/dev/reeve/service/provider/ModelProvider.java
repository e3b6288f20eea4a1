package dev.reeve.service.provider;

/// One configured way to models. Safe on any thread; calls block until they are answered, have
/// failed, are out of time, or are cancelled.
///
/// An implementation never throws for what a provider or a network does, never logs a key or a
/// payload, and repeats a call by itself only where the provider cannot have begun to answer.
public interface ModelProvider extends AutoCloseable {
  /// What is known about it without asking it.
  ProviderFacts facts();

  /// Calls it and waits for the whole answer.
  ModelOutcome invoke(ModelRequest request, CancelSignal cancel);

  /// Calls it and waits until it begins to answer or has failed.
  ModelOpening open(ModelRequest request, CancelSignal cancel);

  /// How its latest calls went; asks nobody.
  ProviderHealth health();

  /// Lets go of connections; calls in progress fail.
  @Override
  void close();
}

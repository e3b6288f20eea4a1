package dev.reeve.service.provider;

/// How a call for a stream began.
public sealed interface ModelOpening {
  /// The provider begins to answer; the stream must be closed.
  record Opened(ModelStream stream) implements ModelOpening {}

  /// It does not.
  record Failed(ProviderFailure failure) implements ModelOpening {}
}

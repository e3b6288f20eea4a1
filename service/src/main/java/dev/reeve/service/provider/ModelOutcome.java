package dev.reeve.service.provider;

import dev.reeve.base.Bytes;

/// How a call for a whole answer ended.
public sealed interface ModelOutcome {
  /// The provider answered.
  ///
  /// @param body in the JSON of the OpenAI API
  /// @param usage as the provider tells it
  record Answered(Bytes body, Usage usage) implements ModelOutcome {}

  /// It did not.
  record Failed(ProviderFailure failure) implements ModelOutcome {}
}

package dev.reeve.service.provider;

import dev.reeve.base.Bytes;

/// An answer as it comes. Whoever reads sets the pace: while nothing is asked for, little is read
/// from the provider. Read by one thread; closed by any.
public interface ModelStream extends AutoCloseable {
  /// What comes next.
  sealed interface Part {
    /// A piece of the answer.
    ///
    /// @param body a chunk in the JSON of the OpenAI API
    record Chunk(Bytes body) implements Part {}

    /// The answer is whole; there is nothing after this.
    record End(Usage usage) implements Part {}

    /// The answer broke off; there is nothing after this.
    record Broken(ProviderFailure failure) implements Part {}
  }

  /// The next part. Blocks until there is one or the time between two is over.
  Part next();

  /// Ends the call, whether it is over or not. Idempotent.
  @Override
  void close();
}

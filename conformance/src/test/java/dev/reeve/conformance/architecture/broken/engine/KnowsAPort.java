package dev.reeve.conformance.architecture.broken.engine;

import dev.reeve.conformance.architecture.broken.engine.port.LeaningPortUser;

/// Closes the cycle with the port that knows the writer.
final class KnowsAPort {
  Class<?> port() {
    return LeaningPortUser.class;
  }
}

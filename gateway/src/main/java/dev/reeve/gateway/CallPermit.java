package dev.reeve.gateway;

import dev.reeve.base.Bytes;
import dev.reeve.governance.cdi.CapabilityToken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the decision point allowed of the call in progress and its handler has not got yet. Put in
/// by the chain, taken out by the gate in front of the handler; one message at a time, on the
/// thread that brings it.
public final class CallPermit {
  /// @param message the message that was allowed
  /// @param token of the first message of a call; a later one on the same stream has none
  /// @param requestHash what the token was made for; empty without one
  record Allowed(Object message, Optional<CapabilityToken> token, Bytes requestHash) {}

  private @Nullable Allowed allowed;
  private boolean hasToken;

  /// Whether the call has had a token.
  boolean isBegun() {
    return hasToken;
  }

  /// Allows the first message of a call.
  void begin(Object message, CapabilityToken token, Bytes requestHash) {
    hasToken = true;
    allowed = new Allowed(message, Optional.of(token), requestHash);
  }

  /// Allows a later message on the stream of a call.
  void goOn(Object message) {
    allowed = new Allowed(message, Optional.empty(), Bytes.EMPTY);
  }

  /// What was allowed, once.
  Optional<Allowed> take() {
    Allowed taken = allowed;
    allowed = null;
    return Optional.ofNullable(taken);
  }
}

package dev.reeve.service;

import dev.reeve.base.Bytes;
import dev.reeve.base.Problem;
import dev.reeve.governance.cdi.CapabilityToken;
import dev.reeve.governance.cdi.TokenLedger;
import dev.reeve.governance.cdi.TokenMint;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The tokens of calls that change something: made when a call is allowed, spent in front of its
/// handler. They live as long as it takes to get there, and stay in the process. Safe on any
/// thread; never blocks.
public final class CallTokens {
  private static final String METHOD = "POST";

  private final TokenMint mint;
  private final TokenLedger ledger;
  private final InstantSource clock;

  /// @param random draws the key, so a secure one
  public CallTokens(RandomGenerator random, InstantSource clock) {
    mint = new TokenMint(random);
    ledger = new TokenLedger(mint);
    this.clock = clock;
  }

  /// Whether an action is taken by a token alone: it changes something, at more than low risk.
  public static boolean needed(RegisteredAction action) {
    return action.changes();
  }

  /// A token for a call that was allowed.
  ///
  /// @param fullMethodName `PACKAGE.SERVICE/METHOD`
  /// @param requestHash SHA-256 of the request as the handler gets it
  public CapabilityToken mint(
      Caller caller, RegisteredAction action, String fullMethodName, Bytes requestHash) {
    return mint.hold(
        action.id(),
        caller.principal(),
        context(fullMethodName, requestHash),
        Times.micros(clock.instant()));
  }

  /// Spends a token for a call that is about to happen.
  ///
  /// @return why it may not happen; empty when the token was spent for it
  public Optional<Problem> spend(
      CapabilityToken token,
      Caller caller,
      RegisteredAction action,
      String fullMethodName,
      Bytes requestHash) {
    return ledger.spendHeld(
        token,
        action.id(),
        caller.principal(),
        context(fullMethodName, requestHash),
        Times.micros(clock.instant()));
  }

  private static CapabilityToken.Context context(String fullMethodName, Bytes requestHash) {
    return new CapabilityToken.Context("/" + fullMethodName, METHOD, requestHash.hex());
  }
}
